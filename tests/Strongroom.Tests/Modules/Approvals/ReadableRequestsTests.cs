using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>Which requests are somebody's to see: the condition itself, without a database.</summary>
public sealed class ReadableRequestsTests
{
    private static readonly PersonId Me = new(Id(1)), Somebody = new(Id(2));
    private static readonly BranchId Here = new(Id(3)), There = new(Id(4));
    private static readonly ApprovalKind Post = new("staff.post", "Post an officer", "staff.manage", "staff.read", "staff.approve", []);
    private static readonly ApprovalKind Lift = new("agreements.lift", "Lift a hold", "agreements.lift", "agreements.read", "agreements.approve", []);

    private static readonly ApprovalRequest[] All =
    [
        Request("mine", "staff.post", null, Me), Request("post here", "staff.post", Here), Request("post there", "staff.post", There),
        Request("post in the bank", "staff.post", null), Request("lift here", "agreements.lift", Here), Request("lift there", "agreements.lift", There),
    ];

    [Fact]
    public void Ones_own_are_ones_own_without_any_right() => Reads(Officer()).ShouldBe(["mine"]);

    [Fact]
    public void Who_reads_or_approves_at_a_branch_sees_what_stands_there()
    {
        Reads(Officer((Here, "staff.read"))).ShouldBe(["mine", "post here"]);
        Reads(Officer((Here, "staff.approve"))).ShouldBe(["mine", "post here"]);
        Reads(Officer((Here, "staff.manage"))).ShouldBe(["mine"], "who may ask does not see what others asked");
        Reads(Officer((Here, "staff.read"), (There, "staff.approve"))).ShouldBe(["mine", "post here", "post there"]);
        Reads(Officer((Here, "staff.read"), (Here, "agreements.read"))).ShouldBe(["mine", "post here", "lift here"]);
        Reads(Officer((Here, "staff.read"), (There, "agreements.read"))).ShouldBe(["mine", "post here", "lift there"]);
    }

    [Fact]
    public void Who_reads_in_the_whole_bank_sees_the_bank_s_too() =>
        Reads(Officer((null, "staff.read"), (There, "agreements.approve"))).ShouldBe(["mine", "post here", "post there", "post in the bank", "lift there"]);

    [Fact]
    public void A_right_lent_for_an_emergency_shows_nothing() =>
        Reads(Officer() with { Grants = [new("manager", Here, new HashSet<string> { "staff.approve", "staff.read" }, Emergency: true)] }).ShouldBe(["mine"]);

    [Fact]
    public void A_stand_in_sees_what_they_stand_in_for()
    {
        Reads(Officer(), new Reach("agreements.lift", [There])).ShouldBe(["mine", "lift there"]);
        Reads(Officer(), new Reach("staff.post", null)).ShouldBe(["mine", "post here", "post there", "post in the bank"]);
        Reads(Officer(), new Reach("staff.post", [])).ShouldBe(["mine"]);
    }

    [Fact]
    public void A_program_sees_none() =>
        All.AsQueryable().Where(ReadableRequests.By(new Actor { Person = null, User = null, Grants = [new("client", null, new HashSet<string> { "staff.read" })] }, [Post, Lift], [])).ShouldBeEmpty();

    [Fact]
    public void What_waits_for_somebody_is_what_they_approve_and_not_what_they_read()
    {
        Approves(Officer((Here, "staff.approve"), (There, "agreements.read"))).ShouldBe(["post here"]);
        Approves(Officer((null, "agreements.approve")), new Reach("staff.post", [Here])).ShouldBe(["post here", "lift here", "lift there"]);
        ReadableRequests.ToApproveBy(Officer((Here, "staff.read")), [Post, Lift], []).ShouldBeNull();
    }

    private static string[] Reads(Actor by, params Reach[] asStandIn) => Of(ReadableRequests.By(by, [Post, Lift], asStandIn));

    private static string[] Approves(Actor by, params Reach[] asStandIn) => Of(ReadableRequests.ToApproveBy(by, [Post, Lift], asStandIn)!);

    private static string[] Of(System.Linq.Expressions.Expression<Func<ApprovalRequest, bool>> which) => [.. All.AsQueryable().Where(which).Select(one => one.Bound)];

    private static Actor Officer(params (BranchId? At, string Right)[] rights) =>
        new() { Person = Me, User = Me.Value, Grants = [.. rights.Select(one => new RoleGrant("role", one.At, new HashSet<string> { one.Right }))] };

    private static ApprovalRequest Request(string name, string kind, BranchId? branch, PersonId? maker = null) => new()
    {
        Id = new(Id(9)),
        Kind = kind,
        Branch = branch,
        Hash = [],
        Payload = [],
        Words = [],
        Bound = name,
        Maker = maker ?? Somebody,
        Needed = 1,
        MadeAt = default,
        ExpiresAt = default,
    };

    private static Guid Id(int number) => Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}");
}
