using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals.Contracts;

/// <summary>The approver's own signature that the approval waits for.</summary>
public sealed record ApprovalSignatureAsked(SignatureId Signature);

public sealed record ApproveRequest([property: Required] SignatureId? Signature);

/// <param name="State">Waiting while others are needed; Done where this was the last approval and the act is done.</param>
public sealed record RequestApproved(ApprovalId Id, ApprovalState State);

public sealed record RejectRequest([property: Required, StringLength(500)] string Reason);

/// <summary>An approval: the approver reads, signs what they read in their own session, and with the signature the approval counts.</summary>
internal sealed class Approve(StrongroomDb db, Write write, ApprovalBook book)
{
    internal const string ActName = "approvals.approve";

    /// <summary>First half: asks the approver to sign this request, hash and all.</summary>
    public Task<Outcome<ApprovalSignatureAsked>> Ask(ApprovalId id, CancellationToken cancel) =>
        write.Do<ApprovalSignatureAsked>("approvals.ask-to-approve", new { id }, async act =>
        {
            if ((await book.Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
            var me = act.Actor.Person!.Value;
            if (ApprovalLife.WhyNotApprove(one, me, act.Now) is { } no) return no.About(id);
            var place = ApprovalLife.PlaceOf(one, me, act.Now);
            var words = one.Request.WordsBy(act.Seals);
            // A password typed again is enough only for who has nothing better.
            var least = await db.HasPasskey(me, cancel) ? SignatureGrade.Signed : book.KindOf(one.Request)!.Least;
            var signature = Signatures.Ask(db, act, new ToSign(
                ActName, Payload(one.Request, place), $"{(place is null ? "Approve" : "Approve in the place of the colleague whom you stand in for")}: {words.Sentence}. {string.Join("; ", words.Lines.Select(line => $"{line.Label}: {line.Value}"))}",
                one.Request.Branch, Signer: me, Right: null, [one.Request.Maker, .. one.Subjects], least));
            db.Append(act, ApprovalBook.Told(ApprovalsAudit.SignatureAsked, one).About(signature).About(me));
            return new ApprovalSignatureAsked(signature);
        }, cancel);

    /// <summary>Second half: uses the signature up. The last approval needed carries out what is done at once; a rule that refuses it takes the approval back.</summary>
    public Task<Outcome<RequestApproved>> Handle(ApprovalId id, ApproveRequest request, CancellationToken cancel) =>
        write.Do<RequestApproved>(ActName, new { id, request }, async act =>
        {
            if ((await book.Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
            var me = act.Actor.Person!.Value;
            var place = ApprovalLife.PlaceOf(one, me, act.Now);
            if (ApprovalLife.Approve(one, me, request.Signature!.Value, act.Now).Refused(out refusal, out var happened)) return refusal.About(id);
            if ((await Signatures.Use(db, act, request.Signature.Value, ActName, Payload(one.Request, place), cancel)).Refused(out refusal, out var used)) return refusal.About(id);
            // Asked of nobody else, so that nobody's signature but the approver's own is ever their approval.
            if (used.Signer != me) return new NotSigned().About(id);

            db.AddRange(happened);
            db.Append(act, InPlaceOf(ApprovalBook.Told(ApprovalsAudit.Approved, one).About(me).About(used.Id).With("grade", used.Grade), place));
            if (happened.Count == 1)
                return new RequestApproved(id, ApprovalLife.StateAt(one with { Events = [.. one.Events, .. happened] }, act.Now));
            db.Append(act, ApprovalBook.Told(ApprovalsAudit.Used, one).About(ApprovalLife.Approvers(one, [.. one.Events, .. happened]).Select(Subject.Of)));
            return await book.CarryOut(act, one.Request, cancel) is { } broken ? broken.About(id) : new RequestApproved(id, ApprovalState.Done);
        }, cancel);

    internal static Event InPlaceOf(Event happened, StandIn? place) =>
        place is null ? happened : happened.About(place.For).About(place.Delegation).With("in-place-of", place.For.ToString());

    // In whose place is signed, too: a delegation that ended meanwhile leaves a signature for something else.
    private static object Payload(ApprovalRequest request, StandIn? place) =>
        new { approval = request.Id, request = Convert.ToHexStringLower(request.Hash), inPlaceOf = place?.For, delegation = place?.Delegation };
}

/// <summary>By anyone who could approve it, with a reason. Needs no signature: it only stops.</summary>
internal sealed class Reject(StrongroomDb db, Write write, ApprovalBook book)
{
    public Task<Outcome<Done>> Handle(ApprovalId id, RejectRequest request, CancellationToken cancel) =>
        write.Do<Done>("approvals.reject", new { id, request }, async act =>
        {
            if ((await book.Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
            var me = act.Actor.Person!.Value;
            var reason = request.Reason.Trim();
            if (ApprovalLife.Reject(one, me, ApprovalEvent.SealReason(act.Seals, id, reason), act.Now).Refused(out refusal, out var rejected)) return refusal.About(id);
            db.Add(rejected);
            // The maker's key: the words are an answer to the maker.
            var key = await act.Seals.KeyOf(db, one.Request.Maker, cancel);
            db.Append(act, ApprovalBook.Told(ApprovalsAudit.Rejected, one).About(me).About(rejected.For).About(rejected.Delegation).Withhold("reason", reason, one.Request.Maker, key));
            return Done.It;
        }, cancel);
}

internal sealed class Withdraw(StrongroomDb db, Write write, ApprovalBook book)
{
    public Task<Outcome<Done>> Handle(ApprovalId id, CancellationToken cancel) =>
        write.Do<Done>("approvals.withdraw", new { id }, async act =>
        {
            if ((await book.Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
            var me = act.Actor.Person!.Value;
            if (ApprovalLife.Withdraw(one, me, act.Now).Refused(out refusal, out var withdrawn)) return refusal.About(id);
            db.Add(withdrawn);
            db.Append(act, ApprovalBook.Told(ApprovalsAudit.Withdrawn, one));
            return Done.It;
        }, cancel);
}
