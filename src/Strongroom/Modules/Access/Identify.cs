using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access;

/// <param name="Check">How the officer made sure who this is.</param>
/// <param name="Sign">How the operator signed for the visit (R11).</param>
public sealed record IdentifyRequest([property: Required] IdentityCheck? Check, [property: Required] OperatorSign? Sign);

/// <summary>The second act: the officer compares face and papers, the operator signs.</summary>
internal sealed class Identify(StrongroomDb db, Write write)
{
    public Task<Outcome<VisitStep>> Handle(VisitId id, IdentifyRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.identify", new { id, request }, async act =>
        {
            var (visit, refusal) = await db.Find(act, id, AccessRights.Receive, VisitAct.Identify, cancel);
            if (visit is null) return refusal!;

            visit.State = VisitState.Identified;
            visit.IdentityCheck = request.Check;
            visit.OperatorSign = request.Sign;
            visit.IdentifiedAt = act.Now;
            visit.IdentifiedBy = act.Actor.Person;
            db.Append(act, new Event(AccessAudit.Identified).About(visit).With("check", request.Check!.Value).With("sign", request.Sign!.Value));
            return VisitSteps.Next(visit);
        }, cancel);
}
