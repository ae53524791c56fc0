using Microsoft.EntityFrameworkCore;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>ADR 18: a column that names a person hands over when two records become one, or says here why it stays with the old record.</summary>
public sealed class MergeColumnsTests(World<Sqlite> world) : IClassFixture<World<Sqlite>>
{
    private const string Officer = "an officer, whose record is never merged", Happened = "says what happened, and to whom that day", Own = "is the record itself, or the merge of it", Sealed = "says whose key seals the row; what stands is sealed anew in a row of its own";

    /// <summary>What stands: it goes to the record that stays. The tests of merging look at each.</summary>
    private static readonly string[] HandedOver =
    [
        "agent.person", "agreement_party.person", "channel.person", "complaint.by", "consent.person", "message.to", "notice.person", "obligation_addressee.person",
        "obligation_addressee.via", "register_entry.operator", "relative.person", "signatory.organisation", "signatory.person", "app_user.person", "person.merged_into", "hold.placed_by",
    ];

    private static readonly Dictionary<string, string> Kept = new()
    {
        ["access_decision.asked_by"] = Officer,
        ["activation.made_by"] = Officer,
        ["agent.appointed_by"] = Officer,
        ["agent.ended_by"] = Officer,
        ["agreement_document.added_by"] = Officer,
        ["approval_delegation.delegator"] = Officer,
        ["approval_delegation.stand_in"] = Officer,
        ["approval_delegation_event.by"] = Officer,
        ["approval_event.by"] = Officer,
        ["approval_event.for"] = Officer,
        ["approval_request.maker"] = Officer,
        ["client.registered_by"] = Officer,
        ["webhook.owner"] = Officer,
        ["branch_day.closed_by"] = Officer,
        ["branch_day.closed_with"] = Officer,
        ["branch_day.opened_by"] = Officer,
        ["branch_day.opened_with"] = Officer,
        ["complaint.seen_by"] = Officer,
        ["custody.holder"] = Officer,
        ["emergency.holder"] = Officer,
        ["emergency.second"] = Officer,
        ["emergency_event.by"] = Officer,
        ["file_taken.person"] = Officer,
        ["hold.confirmed_by"] = Officer,
        ["death.by"] = Officer,
        ["death.with"] = Officer,
        ["death_reversal.by"] = Officer,
        ["death_reversal.with"] = Officer,
        ["hold.lifted_with"] = Officer,
        ["hold.lifted_by"] = Officer,
        ["hours_exception.allowed_by"] = Officer,
        ["hours_exception.asked_by"] = Officer,
        ["import.started_by"] = Officer,
        ["inspection.recorded_by"] = Officer,
        ["key_check.drawn_by"] = Officer,
        ["key_check.officer"] = Officer,
        ["key_loss.taken_by"] = Officer,
        ["nomination.acknowledged_by"] = Officer,
        ["nomination.entered_by"] = Officer,
        ["obligation.owner"] = Officer,
        ["occurrence.by"] = Officer,
        ["occurrence.seen_by"] = Officer,
        ["officer.person"] = Officer,
        ["passkey_confirmation.by"] = Officer,
        ["person_merge.asked_by"] = Officer,
        ["person_merge.signed_by"] = Officer,
        ["policy_version.made_by"] = Officer,
        ["recertification.by"] = Officer,
        ["seen_warning.by"] = Officer,
        ["settled_warning.by"] = Officer,
        ["signatory.added_by"] = Officer,
        ["signatory.ended_by"] = Officer,
        ["vault_entry.officer"] = Officer,
        ["visit.custodian"] = Officer,
        ["visit.ended_by"] = Officer,
        ["visit.identified_by"] = Officer,
        ["visit.second_officer"] = Officer,
        ["visit.witness"] = Officer,
        ["visit_correction.by"] = Officer,
        ["visit_correction.second"] = Officer,
        ["approval_subject.person"] = Happened,
        ["attempt_count.person"] = Happened,
        ["audit_disclosure.person"] = Happened,
        ["audit_event.actor"] = Happened,
        ["death.person"] = "is taken back, so says what happened; while it stands nothing is merged",
        ["import_problem.person"] = Happened,
        ["key_loss.present"] = Happened,
        ["key_loss.reporter"] = Happened,
        ["obligation.operator"] = Happened,
        ["signature.asked_by"] = Happened,
        ["signature.signer"] = Happened,
        ["visit.operator"] = Happened,
        ["visit_approval.person"] = Happened,
        ["visit_present.person"] = Happened,
        ["person.id"] = Own,
        ["person_merge.goes"] = Own,
        ["person_merge.stays"] = Own,
        ["person_name.person"] = Own,
        ["person_word.person"] = Own,
        ["blob.owner"] = Sealed,
        ["person_key.person"] = Sealed,
        ["settled_warning.sealed_for"] = Sealed,
        ["signature.wanted"] = "is asked for anew: the question lives five minutes, and no visit is open at a merge",
    };

    [Fact]
    public async Task Every_column_that_names_a_person_is_handed_over_or_kept_for_a_reason()
    {
        var columns = await world.Read(db => Task.FromResult(db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Where(property => property.ClrType == typeof(PersonId) || property.ClrType == typeof(PersonId?))
                .Select(property => $"{entity.GetTableName()}.{property.GetColumnName()}"))
            .Distinct().Order(StringComparer.Ordinal).ToList()));

        columns.Except(HandedOver).Except(Kept.Keys).ShouldBeEmpty("say of each new column whether it stands or happened (ADR 18)");
        HandedOver.Concat(Kept.Keys).Except(columns).ShouldBeEmpty("these are no columns any more");
        HandedOver.Intersect(Kept.Keys).ShouldBeEmpty();
        Kept.Values.ShouldAllBe(why => why.Length > 10);
    }
}
