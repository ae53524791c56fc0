using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

internal sealed record DutiesConflict(Role Wanted, Role Held) : Refusal("staff.duties-conflict", 409,
    $"One person may not be {Duties.Words(Wanted)} and {Duties.Words(Held)} at the same place.",
    $"End the posting as {Duties.Words(Held)} first, or post somebody else.");

/// <summary>
/// Static separation of duties: roles that one person may not hold together at one place, whatever the login; a role in the whole bank meets every branch. Checked
/// when a posting is made, and again when it is used: however two that conflict came to stand together, the later one grants nothing (ADR 35).
/// </summary>
internal static class Duties
{
    // Head office's set-up works in no branch; who reads everything does nothing; who clears the warnings does not cause them;
    // who watches the vault has no key to it. Counter and vault may be one person: a small branch has no more.
    private static readonly (Role One, Role Other)[] Apart =
    [
        .. Enum.GetValues<Role>().Where(role => role != Role.Admin).Select(role => (Role.Admin, role)),
        .. Enum.GetValues<Role>().Where(role => role is not Role.Auditor and not Role.Admin).Select(role => (Role.Auditor, role)),
        (Role.Manager, Role.Custodian),
        (Role.Security, Role.Custodian),
        (Role.Security, Role.Manager),
    ];

    public static bool Conflict(Role one, Role other) => Apart.Contains((one, other)) || Apart.Contains((other, one));

    public static IReadOnlyList<Role> ApartFrom(Role role) => [.. Enum.GetValues<Role>().Where(other => Conflict(role, other))];

    /// <summary>
    /// The posting that keeps this one from granting anything: one that conflicts, at the same place and time, and begins earlier. Of two that begin on the same day
    /// neither grants anything, for nobody can say which of them was meant. <see cref="StaffContract.PostedAt"/> asks the same in SQL.
    /// </summary>
    /// <param name="others">Postings of the same officer; which of them are in force is the caller's to say.</param>
    public static PostingFacts? KeptFromCounting(PostingFacts posting, IEnumerable<PostingFacts> others) => others
        .Where(other => other.Id != posting.Id && other.From <= posting.From && (other.Branch is null || posting.Branch is null || other.Branch == posting.Branch)
            && !(other.Until <= posting.From) && Conflict(posting.Role, other.Role))
        .MinBy(other => other.From);

    /// <summary>
    /// Whether who holds one role may approve in the place of who holds the other. Duties that are apart stay apart, and who reads everything or watches the
    /// vault decides nothing. One exception: a manager of head office may stand in for an administrator. Those two are apart for what they set up and do, and a
    /// stand-in sets nothing up; otherwise two administrators could never be away at once.
    /// </summary>
    /// <param name="headOffice">The role is held in the whole bank.</param>
    public static bool StandsIn(Role held, bool headOffice, Role role) =>
        held is not Role.Auditor and not Role.Security && ((headOffice && (role, held) is (Role.Admin, Role.Manager)) || !Conflict(role, held));

    /// <param name="standing">The officer's postings that have not been ended.</param>
    public static DutiesConflict? Fault(IEnumerable<Posting> standing, Role role, BranchId? branch, DateOnly from, DateOnly? until) => standing
        .Where(posting => posting.SamePlace(branch) && posting.Overlaps(from, until) && Conflict(role, posting.Role))
        .Select(posting => new DutiesConflict(role, posting.Role) { Field = "role" })
        .FirstOrDefault();

    public static string Words(Role role) => role switch
    {
        Role.Admin => "administrator",
        Role.Manager => "manager",
        Role.Custodian => "custodian",
        Role.CounterOfficer => "counter officer",
        Role.Security => "security officer",
        Role.Auditor => "auditor",
    };

    /// <summary>What the role is for, in a line.</summary>
    public static string Purpose(Role role) => role switch
    {
        Role.Admin => "Set-up, users and policies of the whole bank; sees no customer.",
        Role.Manager => "A branch’s approvals, exceptions, warnings and reports.",
        Role.Custodian => "Vault, keys, visits.",
        Role.CounterOfficer => "Customers, applications, agreements, receipts.",
        Role.Security => "Alarms and camera references.",
        Role.Auditor => "Reads everything in their scope and changes nothing.",
    };
}
