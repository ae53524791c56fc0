using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Phones;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <param name="Check">How the officer made sure who this is.</param>
/// <param name="Sign">How the operator signed for the visit (R11).</param>
/// <param name="Witness">Of a thumb impression: another officer of the branch, who stood by.</param>
/// <param name="Escort">Who leads a blind or ill operator, by name.</param>
/// <param name="CodeWord">What the operator said when asked for the code word, if they set one.</param>
/// <param name="Drawn">What was drawn on the screen: a PNG in base64, with or without "data:image/png;base64," before it.</param>
/// <param name="Agrees">The officer held it beside the specimen, and the two agree.</param>
public sealed record IdentifyRequest(
    [property: Required] IdentityCheck? Check, [property: Required] OperatorSign? Sign, PersonId? Witness = null,
    [property: StringLength(100)] string? Escort = null, [property: StringLength(60)] string? CodeWord = null,
    [property: StringLength(DrawnSignature.MostLetters)] string? Drawn = null, bool Agrees = false);

internal sealed record WitnessNeeded() : Refusal(
    "access.witness-needed", 422, "A thumb impression needs a witness: another officer of the branch who is no party.", "Ask a colleague to stand by, and choose them.");

internal sealed record CodeWordWrong() : Refusal(
    "access.code-word-wrong", 422, "That is not the code word that this customer has set.", "Do not help. Ask once more; if it is wrong again, end the visit and call the manager.");

internal sealed record NothingToCompare() : Refusal(
    "access.nothing-to-compare", 422, "There is no specimen signature to hold it beside.", "Let the customer sign the paper slip or by passkey, and take a specimen on their page.");

internal sealed record NotCompared() : Refusal(
    "access.not-compared", 422, "Nobody has said that it agrees with the specimen.", "Hold the two beside each other. If they do not agree, end the visit and call the manager.");

/// <summary>The second act: the officer compares face and papers, the operator signs.</summary>
internal sealed class Identify(StrongroomDb db, Write write, Blobs blobs)
{
    internal const string EscortColumn = "visit.escort";

    public Task<Outcome<VisitStep>> Handle(VisitId id, IdentifyRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.identify", new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Receive, VisitAct.Identify, cancel);
            if (visit is null) return refusal!;

            if (request.Sign == OperatorSign.ThumbImpression && !await MayWitness(act, visit, request.Witness, cancel))
                return new WitnessNeeded { Field = nameof(request.Witness) }.About(visit.Id).About(visit.Locker);
            if (request.Sign == OperatorSign.OwnPasskey)
            {
                if (visit.OperatorSignature is not { } asked) return new NotSigned().About(visit.Id).About(visit.Locker);
                var used = await Signatures.Use(db, act, asked, AskHirer.OperatorSigns, AskHirer.PayloadOf(visit), cancel);
                if (used.Refused(out var unusable, out _)) return unusable.About(visit.Id).About(visit.Locker);
            }
            byte[]? drawn = null;
            if (request.Sign == OperatorSign.DrawnOnScreen && (await Compared(visit, request, cancel)).Refused(out var unlike, out drawn)) return unlike.About(visit.Id).About(visit.Locker);
            var key = await act.Seals.KeyOf(db, visit.Operator, cancel);
            if (await db.CodeWordOf(visit.Operator, key, cancel) is { } word)
            {
                if (!CodeWords.Same(word, request.CodeWord)) return new CodeWordWrong { Field = nameof(request.CodeWord) }.About(visit.Id).About(visit.Locker).About(visit.Operator);
                visit.CodeWordSaid = true;
            }

            visit.State = VisitState.Identified;
            visit.IdentityCheck = request.Check;
            visit.OperatorSign = request.Sign;
            visit.Witness = request.Sign == OperatorSign.ThumbImpression ? request.Witness : null;
            visit.Escort = string.IsNullOrWhiteSpace(request.Escort) ? null : key.Seal(EscortColumn, visit.Id.Value, request.Escort.Trim());
            visit.Drawn = drawn is null ? null : await blobs.Put(db, act, visit.Operator, DrawnSignature.MediaType, drawn, cancel);
            visit.IdentifiedAt = act.Now;
            visit.IdentifiedBy = act.Actor.Person;
            db.Append(act, new Event(AccessAudit.Identified).About(visit).About(visit.Witness).With("check", request.Check!.Value).With("sign", request.Sign!.Value)
                .With("escort", visit.Escort is null ? null : "yes").With("code-word", visit.CodeWordSaid ? "said" : null)
                .With("drawn-sha256", drawn is null ? null : Convert.ToHexStringLower(SHA256.HashData(drawn))));
            return VisitSteps.Next(visit);
        }, cancel);

    /// <summary>The drawing as it is kept, when there is one, and a specimen that the officer compared it with.</summary>
    private async Task<Outcome<byte[]>> Compared(Visit visit, IdentifyRequest request, CancellationToken cancel)
    {
        if (DrawnSignature.Read(request.Drawn).Refused(out var unreadable, out var drawn)) return unreadable with { Field = nameof(request.Drawn) };
        if (!await db.PersonFacts().AnyAsync(person => person.Id == visit.Operator && person.Specimen != null, cancel)) return new NothingToCompare { Field = nameof(request.Drawn) };
        return request.Agrees ? drawn : new NotCompared { Field = nameof(request.Agrees) };
    }

    private async Task<bool> MayWitness(Act act, Visit visit, PersonId? witness, CancellationToken cancel)
    {
        if (witness is not { } person || person == act.Actor.Person) return false;
        var zone = await db.BranchFacts().Where(row => row.Id == visit.Branch).Select(row => row.Zone).SingleAsync(cancel);
        return await db.PersonsWith(AccessRights.Receive, visit.Branch, act.Now.DateIn(zone)).ContainsAsync(person, cancel)
            && !await db.ConcernedBy(visit.Agreement).ContainsAsync(person, cancel);
    }
}
