namespace Strongroom.Modules.Approvals.Contracts;

/// <summary>Waiting for approvals; approved and not yet carried out; over in one of four ways.</summary>
public enum ApprovalState { Waiting, Approved, Done, Rejected, Withdrawn, Expired }

/// <summary>The whole request in plain words: what approvers read is bound by the hash that they sign.</summary>
/// <param name="Sentence">"Post Meera Iyer as manager of MG Road from 24 November 2026".</param>
/// <param name="Lines">Everything of the payload that a person would want to know.</param>
public sealed record ApprovalWords(string Sentence, IReadOnlyList<ApprovalLine> Lines);

public sealed record ApprovalLine(string Label, string Value);

/// <summary>What is asked for.</summary>
/// <param name="Payload">Everything the act will do; the same goes into <see cref="IApprovedAtOnce{TPayload}.CarryOut"/>, or comes back with <see cref="ApprovalBook.Use"/>.</param>
/// <param name="Branch">Null for what concerns the whole bank.</param>
/// <param name="Subjects">Persons whom it is about; they decide nothing of it.</param>
/// <param name="Needed">How many others must approve, one at least.</param>
/// <param name="Life">How long it waits.</param>
public sealed record ToApprove<TPayload>(TPayload Payload, ApprovalWords Words, BranchId? Branch, IReadOnlyList<PersonId> Subjects, int Needed, TimeSpan Life) where TPayload : class;

/// <summary>An approved request that has just been used up.</summary>
public sealed record UsedApproval(ApprovalId Id, IReadOnlyList<PersonId> Approvers);
