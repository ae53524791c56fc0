using CsCheck;
using Strongroom.Modules.Policies;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Tests.Modules.Policies;

public sealed record VisitingPolicy : IPolicy
{
    [Setting("Guests may stay for", "minutes", Rule = "R1")]
    public int StayMinutes { get; init; }

    [Setting("Guests sign a book")]
    public bool Book { get; init; }

    [Setting("Doors that are open", Words = ["north", "south"])]
    public string Doors { get; init; } = "";
}

public sealed class PackTests
{
    private const string Good = """
        {"stayMinutes": {"default": 20, "floor": 5, "ceiling": 60}, "book": {"default": true}, "doors": {"default": ""}}
        """;

    private static readonly PolicyKind Kind = PolicyKind.Of<VisitingPolicy>();

    [Theory]
    [InlineData("""{"book": {"default": true}, "doors": {"default": ""}}""", "VisitingPolicy.stayMinutes is missing")]
    [InlineData("""{"stayMinutes": {"default": "20"}, "book": {"default": true}, "doors": {"default": ""}}""", "VisitingPolicy.stayMinutes has a default that is no Number")]
    [InlineData("""{"stayMinutes": {"default": 20}, "book": {"default": 1}, "doors": {"default": ""}}""", "VisitingPolicy.book has a default that is no Switch")]
    [InlineData("""{"stayMinutes": {"default": 4, "floor": 5}, "book": {"default": true}, "doors": {"default": ""}}""", "VisitingPolicy.stayMinutes has a default outside its limits")]
    [InlineData("""{"stayMinutes": {"default": 20}, "book": {"default": true, "floor": 1}, "doors": {"default": ""}}""", "VisitingPolicy.book has limits but is no number")]
    [InlineData("""{"stayMinutes": {"default": 20}, "book": {"default": true}, "doors": {"default": ""}, "roof": {"default": ""}}""", "VisitingPolicy.roof is in no policy")]
    public void A_pack_with_a_hole_or_a_wrong_type_keeps_the_server_from_starting(string policy, string fault) =>
        Should.Throw<InvalidOperationException>(() => PacksOf(policy)).Message.ShouldContain(fault);

    [Fact]
    public void A_pack_is_read_strictly() => Should.Throw<System.Text.Json.JsonException>(() => new Packs([Kind], ["""{"jurisdiction": "XX", "name": "X", "versons": []}"""]));

    [Theory]
    [InlineData("2019-06-01", "1", "before the first version its numbers count")]
    [InlineData("2023-12-31", "1", "the last day of the first")]
    [InlineData("2024-01-01", "2", "the first day of the second")]
    public void The_version_of_the_law_is_that_of_the_date(string date, string version, string why) => Packs.At("XX", DateOnly.Parse(date)).Version.ShouldBe(version, why);

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void Floor_and_ceiling_are_inside_the_limits(int minutes, bool allowed) => Limits.Allow(minutes).ShouldBe(allowed);

    [Fact]
    public void Whatever_a_bank_once_decided_counts_within_the_limits_of_the_law() => Gen.Int.Sample(minutes =>
    {
        var counted = (int)Limits.Bound(minutes);
        Limits.Allow(counted).ShouldBeTrue();
        if (Limits.Allow(minutes)) counted.ShouldBe(minutes);
    });

    [Fact]
    public void The_pack_of_India_has_what_every_policy_needs() => new Packs(
        [
            PolicyKind.Of<ApprovalPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Access.AccessPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Agreements.AgreementPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Branches.Contracts.InspectionPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Contact.ContactPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Staff.Contracts.StaffPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Keys.KeyPolicy>(),
            PolicyKind.Of<Strongroom.Modules.Staff.Emergencies.BreakGlassPolicy>(),
        ]).Knows("IN").ShouldBeTrue();

    private static Packs Packs => new([Kind], [File(("2", "2024-01-01", Good), ("1", "2020-01-01", Good))]);

    private static Limits Limits => Packs.At("XX", new(2024, 1, 1))[Kind, Kind.Settings[0]];

    private static Packs PacksOf(string policy) => new([Kind], [File(("1", "2020-01-01", policy))]);

    private static string File(params (string Version, string From, string Policy)[] versions) =>
        """{"jurisdiction": "XX", "name": "Nowhere", "versions": [""" + string.Join(',', versions.Select(Version)) + "]}";

    private static string Version((string Version, string From, string Policy) one) =>
        $$"""{"version": "{{one.Version}}", "effectiveFrom": "{{one.From}}", "policies": {"VisitingPolicy": """ + one.Policy + "}}";
}
