using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements.Agents;

/// <param name="Reason">Who withdrew it and how: a letter of one hirer is enough.</param>
public sealed record EndAgentRequest([property: Required, StringLength(500)] string Reason);

/// <summary>Counts at once: an admission that read the letter before is turned down at its save. Any one hirer may withdraw what all gave.</summary>
internal sealed class EndAgent(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(AgreementId id, AgentId agentId, EndAgentRequest request, CancellationToken cancel) =>
        write.Do<Done>("agreements.end-agent", new { id, agentId, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            db.LeanOn(agreement);
            var agent = await db.Set<Agent>().SingleOrDefaultAsync(row => row.Id == agentId && row.Agreement == id && row.EndedAt == null, cancel);
            if (agent is null) return new NoSuch("letter of authority in force").About(id);
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);

            var hirer = await db.FirstHirer(id, cancel);
            var key = await act.Seals.KeyOf(db, hirer, cancel);
            (agent.EndedAt, agent.EndedBy) = (act.Now, act.Actor.Person);
            agent.EndReason = key.Seal(Agent.EndReasonColumn, agentId.Value, request.Reason);
            db.Append(act, new Event(AgreementsAudit.AgentEnded).About(agreement, hirer).About(agent.Person).About(agentId).Withhold("reason", request.Reason, hirer, key));
            return Done.It;
        }, cancel);
}
