using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Keys.Losses;

/// <param name="LostOn">The branch's day on which it was lost, or missed.</param>
/// <param name="Reporter">The hirer, signatory or agent who reports it.</param>
/// <param name="How">The hirer's words. Kept sealed.</param>
/// <param name="Undertaking">Number of the signed paper.</param>
public sealed record ReportLostKeyRequest(
    DateOnly LostOn, PersonId Reporter, [property: Required, StringLength(500, MinimumLength = 5)] string How,
    [property: Required, StringLength(KeyLossTable.UndertakingLength), RegularExpression("[A-Za-z0-9/-]+")] string Undertaking);

/// <param name="Charge">In minor units of <paramref name="Currency"/>.</param>
public sealed record KeyReportedLost(KeyLossId Id, long Charge, string Currency);

internal sealed record LostAlready() : Refusal("keys.lost-already", 409, "A key of this locker is reported lost already.", "Go on with that report: the new lock ends all old keys of the locker.");

internal sealed record LostInTheFuture() : Refusal("keys.lost-in-the-future", 422, "The day of the loss is in the future.", "Enter the day on which the key was missed.");

/// <summary>From the report on the locker is opened for nobody until its lock is new: whoever found the key might come with it.</summary>
internal sealed class ReportLostKey(StrongroomDb db, Write write, PolicyBook policies, LossConcerns concerns)
{
    public Task<Outcome<KeyReportedLost>> Handle(KeyId id, ReportLostKeyRequest request, CancellationToken cancel) =>
        write.Do<KeyReportedLost>("keys.report-lost", new { id, request }, async act =>
        {
            var key = await db.Set<Key>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancel);
            if (key is null || act.Actor.Person is not { } officer || !act.Actor.MayAt(KeysRights.Write, key.Branch)) return new NoSuch("key");
            if (key.Locker is not { } locker) return new OnlyHirerKeys().About(id);
            await concerns.Lean(locker, cancel);
            var branch = await db.BranchFacts().SingleAsync(row => row.Id == key.Branch, cancel);
            var today = act.Now.DateIn(branch.Zone);
            if ((await concerns.Of(locker, today, cancel)).Refused(out var refusal, out var hirers)) return refusal;
            if (request.LostOn > today) return new LostInTheFuture { Field = "lostOn" }.About(id);
            if (!hirers.MayCome.Contains(request.Reporter)) return new NotOfTheLocker { Field = "reporter" }.About(id);
            if (await concerns.Keeps(officer, hirers, cancel)) return new OfficerConcerned().About(id);
            if (await db.Set<KeyLoss>().AnyAsync(row => row.Locker == locker && row.ReplacedAt == null, cancel)) return new LostAlready().About(id);

            var policy = (await policies.At<KeyPolicy>(branch.Jurisdiction, branch.Id, today, cancel)).Values;
            var lossId = act.NewId<Noun.KeyLoss>();
            var loss = new KeyLoss
            {
                Id = lossId,
                Branch = branch.Id,
                Locker = locker,
                Key = id,
                LostOn = request.LostOn,
                Reporter = request.Reporter,
                How = KeyLoss.SealHow(act.Seals, lossId, request.How),
                Undertaking = request.Undertaking,
                Charge = new Money(policy.LostKeyCharge * 100L),
                Currency = policy.Currency,
                ReportedAt = act.Now,
                TakenBy = officer,
            };
            db.LeanOn(key);
            db.Add(loss);
            db.Append(act, new Event(KeysAudit.ReportedLost).About(lossId).About(id).About(locker).About(branch.Id).About(request.Reporter)
                .With("lost-on", request.LostOn).With("undertaking", request.Undertaking).With("charge", loss.Charge.Minor).With("currency", loss.Currency));
            return new KeyReportedLost(lossId, loss.Charge.Minor, loss.Currency);
        }, cancel);
}
