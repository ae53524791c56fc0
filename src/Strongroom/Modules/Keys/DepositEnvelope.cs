using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Keys;

/// <param name="Branch">Where the envelope is to lie.</param>
/// <param name="Number">Printed on the envelope.</param>
public sealed record DepositRequest(KeyId Key, BranchId Branch, [property: Required, StringLength(30), RegularExpression("[A-Za-z0-9/-]+")] string Number);

public sealed record DepositEnvelopeRequest([property: Required] DepositRequest Deposit, SignatureId Gives, SignatureId Takes);

public sealed record EnvelopeDeposited(EnvelopeId Id);

/// <summary>A duplicate is sealed into a numbered envelope and goes to another branch; one that was taken out comes back the same way.</summary>
internal sealed class DepositEnvelope(StrongroomDb db, Write write)
{
    internal const string Gives = "keys.deposit-envelope.gives", Takes = "keys.deposit-envelope.takes";

    public Task<Outcome<HandOverSignatures>> Ask(DepositRequest request, CancellationToken cancel) =>
        write.Do<HandOverSignatures>("keys.ask-deposit-envelope", request, async act =>
        {
            if ((await Plan(act, request, cancel)).Refused(out var refusal, out var plan)) return refusal;
            return plan.Ask(db, act, Gives, Takes);
        }, cancel);

    public Task<Outcome<EnvelopeDeposited>> Handle(DepositEnvelopeRequest request, CancellationToken cancel) =>
        write.Do<EnvelopeDeposited>("keys.deposit-envelope", request, async act =>
        {
            if ((await Plan(act, request.Deposit, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await plan.Signed(db, act, request.Gives, request.Takes, Gives, Takes, cancel)).Refused(out refusal, out var signed)) return refusal;

            var row = new Envelope
            {
                Id = act.NewId<Noun.Envelope>(),
                Key = plan.Key,
                Branch = plan.To,
                Number = plan.Number,
                From = act.Now,
                GivenBy = signed.Gives.Id,
                TakenBy = signed.Takes.Id,
            };
            db.Add(row);
            db.Append(act, plan.Told(KeysAudit.EnvelopeDeposited).About(row.Id).About(signed.Gives.Signer).About(signed.Takes.Signer));
            return new EnvelopeDeposited(row.Id);
        }, cancel);

    private async Task<Outcome<EnvelopePlan>> Plan(Act act, DepositRequest request, CancellationToken cancel)
    {
        if ((await EnvelopePlan.Of(db, act, request.Key, request.Branch, request.Number, null, cancel)).Refused(out var refusal, out var plan)) return refusal;
        if (await db.Set<Envelope>().AnyAsync(row => row.Key == request.Key && row.Until == null, cancel)) return new DuplicateThere { Field = "key" }.About(request.Key);
        if (await db.Set<Envelope>().AnyAsync(row => row.Branch == request.Branch && row.Number == request.Number && row.Until == null, cancel))
            return new EnvelopeNumberTaken { Field = "number" }.About(request.Key);
        return plan;
    }
}
