using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals.Contracts;

/// <summary>A kind of act that waits for other people, as the module whose act it is registers it.</summary>
/// <param name="Name">"staff.post-officer": stable, it stands in every request and in the log.</param>
/// <param name="Title">"Give a role": what lists call it.</param>
/// <param name="Make">The right to ask for it; who lost it meanwhile has not asked.</param>
/// <param name="Read">Who has this right where the request stands may read it.</param>
/// <param name="Approve">Who has this right there may approve or reject it; without a branch, who has it in the whole bank.</param>
/// <param name="Apart">What its approvers must not have done to the same thing.</param>
/// <param name="Least">The weakest grade of signature that approves.</param>
public sealed record ApprovalKind(
    string Name, string Title, string Make, string Read, string Approve, IReadOnlyList<ApartAct> Apart, SignatureGrade Least = SignatureGrade.Attested);

/// <summary>
/// Separation of duties by object and time: who did this to a person or row that the request is about does not approve it. Read from the log, which has
/// everybody's acts, so that there is no second account of who did what.
/// </summary>
/// <param name="Done">The event that says so.</param>
/// <param name="Within">For how long it stands between; null for ever.</param>
/// <param name="Words">"gave this officer the sign-in".</param>
public sealed record ApartAct(AuditKind Done, TimeSpan? Within, string Words);

/// <summary>A row as it was when the request was made: another version, and what was approved is no longer what would be done.</summary>
/// <param name="Row">"officer:0198…".</param>
public sealed record BoundRow(string Row, long Version)
{
    /// <summary>The noun's id; null where the row has none.</summary>
    internal Guid? Thing => Guid.TryParseExact(Row.Split(':')[^1], "D", out var id) ? id : null;

    public static BoundRow Of<TNoun>(Id<TNoun> id, long version) where TNoun : INoun => new($"{Subject.KindOf<TNoun>()}:{id}", version);
}

/// <summary>An act that waits for approval and is then used by its maker, in an act of the maker's own (<see cref="ApprovalBook.Use"/>).</summary>
/// <typeparam name="TPayload">Everything the act will do. Kept sealed; never changed.</typeparam>
public interface IApprovedAct<TPayload> where TPayload : class
{
    static abstract ApprovalKind Kind { get; }

    /// <summary>
    /// The version of every row that the act touches, as it is now. Asked when the request is made, when it is approved and when it is carried out; the
    /// answers must be the same. Reads tracked rows and leans on nothing: carrying out leans on them, and so on the very version that was compared.
    /// </summary>
    Task<IReadOnlyList<BoundRow>> Bound(TPayload payload, CancellationToken cancel);
}

/// <summary>An act that is carried out in the transaction of the last approval.</summary>
public interface IApprovedAtOnce<TPayload> : IApprovedAct<TPayload> where TPayload : class
{
    /// <summary>
    /// Does it, within the act of the last approver: decides every rule anew, leans on the rows it read, saves nothing itself. A refusal takes the last
    /// approval back with it, and the request waits on.
    /// </summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> CarryOut(Act act, TPayload payload, CancellationToken cancel);
}

/// <summary>A registered kind with what the module gave for it, by the canonical text of the payload.</summary>
internal sealed record ApprovedAct(
    ApprovalKind Kind, Func<IServiceProvider, byte[], CancellationToken, Task<IReadOnlyList<BoundRow>>> Bound,
    Func<IServiceProvider, Act, byte[], CancellationToken, Task<Refusal?>>? CarryOut)
{
    public bool AtOnce => CarryOut is not null;
}

/// <summary>All registered kinds. A request of a kind that this program does not know can be read by its maker and decided by nobody.</summary>
internal sealed class ApprovedActs(IEnumerable<ApprovedAct> acts)
{
    private readonly Dictionary<string, ApprovedAct> byName = acts.ToDictionary(act => act.Kind.Name);

    public IEnumerable<ApprovalKind> All => byName.Values.Select(act => act.Kind);

    public ApprovedAct? Find(string kind) => byName.GetValueOrDefault(kind);
}

public static class ApprovalRegistration
{
    /// <summary>For an act that its maker carries out later, by <see cref="ApprovalBook.Use"/>.</summary>
    public static IServiceCollection AddApproved<TAct, TPayload>(this IServiceCollection services) where TAct : class, IApprovedAct<TPayload> where TPayload : class =>
        services.AddScoped<TAct>().AddSingleton(new ApprovedAct(TAct.Kind, Bound<TAct, TPayload>, CarryOut: null));

    /// <summary>For an act that the last approval carries out.</summary>
    public static IServiceCollection AddApprovedAtOnce<TAct, TPayload>(this IServiceCollection services) where TAct : class, IApprovedAtOnce<TPayload> where TPayload : class =>
        services.AddScoped<TAct>().AddSingleton(new ApprovedAct(TAct.Kind, Bound<TAct, TPayload>,
            (scope, act, payload, cancel) => scope.GetRequiredService<TAct>().CarryOut(act, CanonicalPayload.Decode<TPayload>(payload), cancel)));

    private static Task<IReadOnlyList<BoundRow>> Bound<TAct, TPayload>(IServiceProvider scope, byte[] payload, CancellationToken cancel)
        where TAct : class, IApprovedAct<TPayload> where TPayload : class =>
        scope.GetRequiredService<TAct>().Bound(CanonicalPayload.Decode<TPayload>(payload), cancel);
}
