using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Phones;

/// <param name="Person">A hirer of the agreement who is not here.</param>
public sealed record AskCoHirerRequest([property: Required(ErrorMessage = "Choose the hirer")] PersonId? Person);

internal sealed record NoOnlineAccess() : Refusal(
    "access.no-online-access", 422, "This person has no online access, and so cannot sign on a phone.", "Let them sign the slip here, or open online access for them first.");

internal sealed record HereAlready() : Refusal("access.here-already", 422, "This person is here, or is no hirer of the agreement.", "Choose a hirer who is not here.");

/// <summary>
/// Asks a hirer to sign on a phone of their own, by a passkey: the operator for the visit instead of the slip (R11), a hirer who is elsewhere that the
/// visit may take place (R10). The question lives five minutes, names locker and branch, and is used up by the act it allows.
/// </summary>
internal sealed class AskHirer(StrongroomDb db, Write write)
{
    internal const string OperatorSigns = "access.operator-signs", CoHirerApproves = "access.co-hirer-approves";

    public Task<Outcome<VisitStep>> Operator(VisitId id, CancellationToken cancel) =>
        write.Do<VisitStep>("access.ask-operator", new { id }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Receive, VisitAct.Identify, cancel);
            if (visit is null) return refusal!;
            if ((await Ask(act, visit, visit.Operator, OperatorSigns, "Sign for your visit", cancel)).Refused(out var cannot, out var asked)) return cannot;
            visit.OperatorSignature = asked;
            db.Append(act, new Event(AccessAudit.HirerAsked).About(visit).About(asked).With("for", "sign"));
            return VisitSteps.Next(visit);
        }, cancel);

    public Task<Outcome<VisitStep>> CoHirer(VisitId id, AskCoHirerRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.ask-co-hirer", new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Serve, VisitAct.Admit, cancel);
            if (visit is null) return refusal!;
            var person = request.Person!.Value;
            var zone = await db.BranchFacts().Where(row => row.Id == visit.Branch).Select(row => row.Zone).SingleAsync(cancel);
            var hirer = (await db.WhoMayCome(visit.Agreement, act.Now.DateIn(zone), cancel)).Any(one => one.Person == person && one.As != ComesAs.Agent);
            if (!hirer || person == visit.Operator || await db.Set<VisitPresent>().AnyAsync(row => row.Visit == id && row.Person == person, cancel))
                return new HereAlready { Field = nameof(request.Person) }.About(visit.Id).About(visit.Locker);
            if ((await Ask(act, visit, person, CoHirerApproves, "Approve the visit", cancel)).Refused(out var cannot, out var asked)) return cannot;

            var approval = await db.Set<VisitApproval>().SingleOrDefaultAsync(row => row.Visit == id && row.Person == person, cancel);
            if (approval is null) db.Add(new VisitApproval { Visit = id, Person = person, Signature = asked });
            else approval.Signature = asked;
            // The visit moves, too: what its officer sees of who is here has changed.
            db.LeanOn(visit);
            db.Append(act, new Event(AccessAudit.HirerAsked).About(visit).About(asked).About(person).With("for", "approval"));
            return VisitSteps.Next(visit);
        }, cancel);

    public static object PayloadOf(Visit visit) => new { visit = visit.Id, locker = visit.Locker, agreement = visit.Agreement, @operator = visit.Operator };

    private async Task<Outcome<SignatureId>> Ask(Act act, Visit visit, PersonId person, string name, string words, CancellationToken cancel)
    {
        if (!await db.UserFacts().AnyAsync(user => user.Person == person, cancel)) return new NoOnlineAccess().About(visit.Id).About(visit.Locker);
        var place = await (from locker in db.LockerFacts() join branch in db.BranchFacts() on locker.Branch equals branch.Id where locker.Id == visit.Locker select new { locker.Number, branch.Name }).SingleAsync(cancel);
        return Signatures.Ask(db, act, new ToSign(
            name, PayloadOf(visit), $"{words} to locker {place.Number} at {place.Name}. It is about to be opened.", Branch: null, person, Right: null, [act.Actor.Person!.Value],
            SignatureGrade.Signed, Opening: true));
    }
}
