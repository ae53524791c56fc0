namespace Strongroom.Tests.Shared;

/// <summary>What an actor may do, by their roles and where they hold them.</summary>
public sealed class ActorTests
{
    private static readonly BranchId Here = Branch(1), There = Branch(2), Elsewhere = Branch(3);
    private static readonly Guid User = Guid.Parse("0198a000-0000-7000-8000-0000000000aa");

    [Fact]
    public void A_role_at_a_branch_grants_its_rights_there_and_nowhere_else()
    {
        var custodian = With(Role(Here, "serve"));

        custodian.May("serve").ShouldBeTrue();
        custodian.MayAt("serve", Here).ShouldBeTrue();
        custodian.MayAt("serve", There).ShouldBeFalse();
        custodian.MayEverywhere("serve").ShouldBeFalse();
        custodian.BranchesWith("serve").ShouldBe([Here]);

        custodian.May("lift").ShouldBeFalse();
        custodian.MayAt("lift", Here).ShouldBeFalse();
        custodian.MayEverywhere("lift").ShouldBeFalse();
        custodian.BranchesWith("lift").ShouldBe([]);
    }

    [Fact]
    public void A_role_in_the_whole_bank_grants_them_at_every_branch()
    {
        var auditor = With(Role(null, "read"), Role(Here, "serve"));

        auditor.MayAt("read", Elsewhere).ShouldBeTrue();
        auditor.MayEverywhere("read").ShouldBeTrue();
        auditor.BranchesWith("read").ShouldBeNull();
        auditor.MayAt("serve", Elsewhere).ShouldBeFalse();
        auditor.BranchesWith("serve").ShouldBe([Here]);
    }

    [Fact]
    public void Two_roles_with_one_right_reach_as_far_as_both_and_a_branch_counts_once()
    {
        With(Role(Here, "serve", "read"), Role(There, "serve"), Role(Here, "serve")).BranchesWith("serve").ShouldBe([Here, There]);
        With(Role(Here, "read"), Role(null, "read")).BranchesWith("read").ShouldBeNull();
    }

    [Fact]
    public void The_software_may_do_what_its_jobs_need_and_is_nobody_who_can_be_asked()
    {
        Actor.System.May("serve").ShouldBeTrue();
        Actor.System.MayAt("serve", Here).ShouldBeTrue();
        Actor.System.MayEverywhere("serve").ShouldBeTrue();
        Actor.System.BranchesWith("serve").ShouldBeNull();
        (Actor.System.SignedIn, Actor.System.Known, Actor.System.Person, Actor.System.Caller).ShouldBe((false, false, null, null));
        Actor.System.Name.ShouldBe("Strongroom");
    }

    [Fact]
    public void A_stranger_may_do_nothing()
    {
        var stranger = Actor.Nobody("192.0.2.1");
        (stranger.SignedIn, stranger.Known, stranger.Person, stranger.Caller, stranger.Address, stranger.Name).ShouldBe((false, false, null, null, "192.0.2.1", ""));
        stranger.May("read").ShouldBeFalse();
        stranger.MayAt("read", Here).ShouldBeFalse();
        stranger.MayEverywhere("read").ShouldBeFalse();
        stranger.BranchesWith("read").ShouldBe([]);
    }

    [Fact]
    public void Who_has_a_password_and_no_second_factor_yet_is_not_signed_in()
    {
        var person = With();
        (person.SignedIn, person.Known, person.Caller).ShouldBe((true, true, User));
        var enrolling = person with { Enrolling = true };
        (enrolling.SignedIn, enrolling.Known, enrolling.Caller).ShouldBe((false, false, User));
    }

    [Fact]
    public void Who_came_in_by_the_bank_s_provider_is_an_officer_and_nobody_at_home()
    {
        With().AtHome.ShouldBe(new PersonId(User));
        (With() with { OfficerOnly = true }).AtHome.ShouldBeNull();
    }

    [Fact]
    public void A_program_is_known_and_is_not_signed_in()
    {
        var client = new ClientId(Guid.Parse("0198a000-0000-7000-8000-0000000000cc"));
        var program = new Actor { Person = null, User = null, Client = new(client, new HashSet<string> { "lockers" }) };
        (program.SignedIn, program.Known, program.Caller).ShouldBe((false, true, client.Value));
    }

    private static Actor With(params RoleGrant[] grants) => new() { Person = new(User), User = User, Grants = grants };

    private static RoleGrant Role(BranchId? at, params string[] rights) => new("role", at, rights.ToHashSet());

    private static BranchId Branch(int number) => new(Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}"));
}
