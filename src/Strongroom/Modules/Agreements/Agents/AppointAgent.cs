using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements.Agents;

/// <param name="LetterOf">The day on which all hirers signed the letter of authority.</param>
/// <param name="Until">The last day on which the letter counts; null until it is ended.</param>
public sealed record AppointAgentRequest(
    [property: Required] PersonId? Person,
    [property: Required] DateOnly? LetterOf,
    [property: Required] DateOnly? From,
    DateOnly? Until);

public sealed record AgentAppointed(AgentId Id);

internal sealed record AgentIsHirer() : Refusal("agreements.agent-is-hirer", 409, "This person is a hirer of this locker already.", "A hirer needs no letter of authority; the mode of operation says who may come.");

internal sealed record AgentAlreadyThere() : Refusal("agreements.agent-already-there", 409, "This person has a letter of authority for this locker already.", "End the old letter first, then enter the new one.");

internal sealed record AgentMustBePerson() : Refusal("agreements.agent-must-be-person", 422, "An organisation cannot be an agent.", "Enter the person who comes for it.");

internal sealed record AgentWithoutPhotograph() : Refusal("agreements.agent-without-photograph", 409, "There is no photograph of this person (R0b).", "Take one on the person's page first: it is shown at every visit.");

internal sealed record LetterEndsBeforeItBegins() : Refusal("agreements.letter-ends-before-it-begins", 422, "The letter would end before it begins, or has ended already.", "Enter a last day from the first one on and not in the past, or leave it open.");

internal sealed record NobodySignsForTheDead() : Refusal("agreements.nobody-signs-for-the-dead", 409, "A hirer of this locker has died, and its mode of operation knows no survivor who could sign a letter (R10, R55).", "Settle the claim first; the manager knows how.");

/// <summary>R0, R0b: an agent is identified and photographed like a hirer. It leans on the agreement, as an admission does.</summary>
internal sealed class AppointAgent(StrongroomDb db, Write write)
{
    public Task<Outcome<AgentAppointed>> Handle(AgreementId id, AppointAgentRequest request, CancellationToken cancel) =>
        write.Do<AgentAppointed>("agreements.appoint-agent", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            db.LeanOn(agreement);
            var agent = request.Person!.Value;
            await db.LeanOnPersons([agent], cancel);
            var person = await db.PersonFacts().SingleOrDefaultAsync(row => row.Id == agent && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person") { Field = nameof(request.Person) };
            if (await db.IsOwnMatter(act.Actor, [agent, .. await db.Persons(id, cancel)], cancel)) return new OwnMatter().About(id);
            if (agreement.EndedOn is not null) return new AlreadyEnded().About(id);
            var hirers = await db.HirersOf(id, cancel);
            var dead = await db.MarkedDead().CountAsync(one => hirers.Contains(one), cancel);
            if (dead == hirers.Count || (dead > 0 && agreement.Mandate is (Mandate.Single or Mandate.Jointly))) return new NobodySignsForTheDead().About(id);
            if (person.Kind == PersonKind.Organisation) return new AgentMustBePerson { Field = nameof(request.Person) }.About(id);
            if (await db.Set<AgreementParty>().AnyAsync(row => row.Agreement == id && row.Person == agent, cancel))
                return new AgentIsHirer { Field = nameof(request.Person) }.About(id).About(agent);
            if (await db.Set<Agent>().AnyAsync(row => row.Agreement == id && row.Person == agent && row.EndedAt == null, cancel))
                return new AgentAlreadyThere { Field = nameof(request.Person) }.About(id).About(agent);

            var today = await db.TodayAt(agreement.Branch, act.Now, cancel);
            if (Identified.Fault(person, today) is { } fault) return fault.About(id).About(agent);
            if (await db.MarkedDead().AnyAsync(one => one == agent, cancel)) return new PersonIsDead(person.Name) { Field = nameof(request.Person) }.About(id).About(agent);
            if (person.Photograph is null) return new AgentWithoutPhotograph().About(id).About(agent);
            var (letter, from) = (request.LetterOf!.Value, request.From!.Value);
            if (letter > today) return new PaperOfTheFuture { Field = nameof(request.LetterOf) };
            if (request.Until < from || request.Until < today) return new LetterEndsBeforeItBegins { Field = nameof(request.Until) };

            var row = new Agent
            {
                Id = act.NewId<Noun.Agent>(),
                Agreement = id,
                Person = agent,
                LetterOf = letter,
                From = from,
                Until = request.Until,
                AppointedAt = act.Now,
                AppointedBy = act.Actor.Person,
            };
            db.Add(row);
            var appointed = new Event(AgreementsAudit.AgentAppointed).About(agreement, await db.FirstHirer(id, cancel)).About(agent).About(row.Id)
                .With("letter-of", letter).With("from", from);
            db.Append(act, row.Until is { } until ? appointed.With("until", until) : appointed);
            return new AgentAppointed(row.Id);
        }, cancel);
}
