using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Keys;

public sealed record TakeOutRequest([property: EnumDataType(typeof(EnvelopeReason))] EnvelopeReason Reason);

public sealed record TakeOutEnvelopeRequest([property: EnumDataType(typeof(EnvelopeReason))] EnvelopeReason Reason, SignatureId Gives, SignatureId Takes);

/// <summary>An envelope leaves the branch that keeps it, for a reason: an officer there gives it, one of the key's own branch takes it.</summary>
internal sealed class TakeOutEnvelope(StrongroomDb db, Write write)
{
    internal const string Gives = "keys.take-out-envelope.gives", Takes = "keys.take-out-envelope.takes";

    public Task<Outcome<HandOverSignatures>> Ask(EnvelopeId id, TakeOutRequest request, CancellationToken cancel) =>
        write.Do<HandOverSignatures>("keys.ask-take-out-envelope", new { id, request }, async act =>
        {
            if ((await Plan(act, id, request.Reason, cancel)).Refused(out var refusal, out var plan)) return refusal;
            return plan.Way.Ask(db, act, Gives, Takes);
        }, cancel);

    public Task<Outcome<Done>> Handle(EnvelopeId id, TakeOutEnvelopeRequest request, CancellationToken cancel) =>
        write.Do<Done>("keys.take-out-envelope", new { id, request }, async act =>
        {
            if ((await Plan(act, id, request.Reason, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await plan.Way.Signed(db, act, request.Gives, request.Takes, Gives, Takes, cancel)).Refused(out refusal, out var signed)) return refusal;

            // The row's version lets one of two who take it out at the same moment win.
            var row = plan.Envelope;
            (row.Until, row.Reason, row.OutGivenBy, row.OutTakenBy) = (act.Now, request.Reason, signed.Gives.Id, signed.Takes.Id);
            db.Append(act, plan.Way.Told(KeysAudit.EnvelopeTakenOut).About(id).About(signed.Gives.Signer).About(signed.Takes.Signer).With("reason", request.Reason));
            return Done.It;
        }, cancel);

    private async Task<Outcome<(Envelope Envelope, EnvelopePlan Way)>> Plan(Act act, EnvelopeId id, EnvelopeReason reason, CancellationToken cancel)
    {
        var row = await db.Set<Envelope>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (row is null) return new NoSuch("envelope");
        if ((await EnvelopePlan.Of(db, act, row.Key, row.Branch, row.Number, reason, cancel)).Refused(out var refusal, out var plan))
            return refusal is NoSuch ? new NoSuch("envelope") : refusal;
        return row.Until is not null ? new EnvelopeTakenOut().About(row.Key).About(id) : (row, plan);
    }
}
