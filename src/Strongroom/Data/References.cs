using Microsoft.EntityFrameworkCore;
using Strongroom.Data.Blobs;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Agreements.Nominations;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Delegations;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Exchange.Merging;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Losses;
using Strongroom.Modules.Policies;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Modules.Staff.Recertifying;
using Strongroom.Web.Files;

namespace Strongroom.Data;

/// <summary>Foreign keys from one module's table to another's: the only file that sees every entity. All restrict: nothing vanishes by cascade.</summary>
internal static class References
{
    public static void Declare(ModelBuilder model)
    {
        model.Entity<ApprovalRequest>(request =>
        {
            request.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            request.HasOne<Person>().WithMany().HasForeignKey(row => row.Maker);
        });
        model.Entity<FileTaken>(file =>
        {
            file.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
            file.HasOne<ApprovalRequest>().WithMany().HasForeignKey(row => row.Approval);
        });
        model.Entity<ApprovalSubject>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<ApprovalEvent>(happened =>
        {
            happened.HasOne<Person>().WithMany().HasForeignKey(row => row.By);
            happened.HasOne<Person>().WithMany().HasForeignKey(row => row.For);
            happened.HasOne<Signature>().WithMany().HasForeignKey(row => row.Signature);
        });
        model.Entity<Delegation>(delegation =>
        {
            delegation.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            delegation.HasOne<Person>().WithMany().HasForeignKey(row => row.Delegator);
            delegation.HasOne<Person>().WithMany().HasForeignKey(row => row.StandIn);
            delegation.HasOne<Signature>().WithMany().HasForeignKey(row => row.Signature);
        });
        model.Entity<DelegationEvent>().HasOne<Person>().WithMany().HasForeignKey(row => row.By);
        model.Entity<PolicyVersion>(version =>
        {
            version.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            version.HasOne<Person>().WithMany().HasForeignKey(row => row.MadeBy);
        });
        model.Entity<HoursException>().HasOne<Person>().WithMany().HasForeignKey(row => row.AskedBy);
        model.Entity<HoursException>().HasOne<Person>().WithMany().HasForeignKey(row => row.AllowedBy);
        model.Entity<Inspection>().HasOne<Person>().WithMany().HasForeignKey(row => row.RecordedBy);
        model.Entity<Officer>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Posting>().HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
        model.Entity<Recertification>().HasOne<Person>().WithMany().HasForeignKey(row => row.By);
        model.Entity<Emergency>(emergency =>
        {
            emergency.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            emergency.HasOne<Person>().WithMany().HasForeignKey(row => row.Holder);
            emergency.HasOne<Person>().WithMany().HasForeignKey(row => row.Second);
            emergency.HasOne<Signature>().WithMany().HasForeignKey(row => row.OwnSignature);
            emergency.HasOne<Signature>().WithMany().HasForeignKey(row => row.SecondSignature);
        });
        model.Entity<EmergencyEvent>().HasOne<Person>().WithMany().HasForeignKey(row => row.By);
        model.Entity<Relative>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Key>(key =>
        {
            key.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            key.HasOne<Vault>().WithMany().HasForeignKey(row => row.Vault);
            key.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
        });
        model.Entity<Custody>(custody =>
        {
            custody.HasOne<Person>().WithMany().HasForeignKey(row => row.Holder);
            custody.HasOne<Signature>().WithMany().HasForeignKey(row => row.GivenBy);
            custody.HasOne<Signature>().WithMany().HasForeignKey(row => row.TakenBy);
        });

        model.Entity<KeyCheck>(check =>
        {
            check.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            check.HasOne<Person>().WithMany().HasForeignKey(row => row.DrawnBy);
            check.HasOne<Person>().WithMany().HasForeignKey(row => row.Officer);
            check.HasOne<Signature>().WithMany().HasForeignKey(row => row.ShownBy);
        });
        model.Entity<KeyLoss>(loss =>
        {
            loss.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            loss.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
            loss.HasOne<Person>().WithMany().HasForeignKey(row => row.Reporter);
            loss.HasOne<Person>().WithMany().HasForeignKey(row => row.TakenBy);
            loss.HasOne<Person>().WithMany().HasForeignKey(row => row.Present);
            loss.HasOne<ApprovalRequest>().WithMany().HasForeignKey(row => row.Approval);
            loss.HasOne<Signature>().WithMany().HasForeignKey(row => row.SecondOfficer);
        });
        model.Entity<Envelope>(envelope =>
        {
            envelope.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            envelope.HasOne<Signature>().WithMany().HasForeignKey(row => row.GivenBy);
            envelope.HasOne<Signature>().WithMany().HasForeignKey(row => row.TakenBy);
            envelope.HasOne<Signature>().WithMany().HasForeignKey(row => row.OutGivenBy);
            envelope.HasOne<Signature>().WithMany().HasForeignKey(row => row.OutTakenBy);
        });

        model.Entity<User>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Activation>().HasOne<Person>().WithMany().HasForeignKey(row => row.MadeBy);
        model.Entity<PasskeyConfirmation>().HasOne<Person>().WithMany().HasForeignKey(row => row.By);
        model.Entity<Signature>(signature =>
        {
            signature.HasOne<Person>().WithMany().HasForeignKey(row => row.AskedBy);
            signature.HasOne<Person>().WithMany().HasForeignKey(row => row.Wanted);
            signature.HasOne<Person>().WithMany().HasForeignKey(row => row.Signer);
        });

        model.Entity<Blob>().HasOne<Person>().WithMany().HasForeignKey(row => row.Owner);
        model.Entity<Message>().HasOne<Person>().WithMany().HasForeignKey(row => row.To);
        model.Entity<Message>().HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);

        model.Entity<Agreement>().HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
        model.Entity<Agreement>().HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
        model.Entity<AgreementParty>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Hold>().HasOne<Person>().WithMany().HasForeignKey(row => row.PlacedBy);
        model.Entity<Hold>().HasOne<Person>().WithMany().HasForeignKey(row => row.LiftedBy);
        model.Entity<Hold>().HasOne<Person>().WithMany().HasForeignKey(row => row.LiftedWith);
        model.Entity<Hold>().HasOne<Person>().WithMany().HasForeignKey(row => row.ConfirmedBy);

        model.Entity<Agent>(agent =>
        {
            agent.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
            agent.HasOne<Person>().WithMany().HasForeignKey(row => row.AppointedBy);
            agent.HasOne<Person>().WithMany().HasForeignKey(row => row.EndedBy);
        });
        model.Entity<Hold>().HasOne<Death>().WithMany().HasForeignKey(row => row.Death);
        model.Entity<Agent>().HasOne<Death>().WithMany().HasForeignKey(row => row.Death);
        model.Entity<Death>(death =>
        {
            death.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
            death.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            death.HasOne<Person>().WithMany().HasForeignKey(row => row.By);
            death.HasOne<Person>().WithMany().HasForeignKey(row => row.With);
        });
        model.Entity<DeathReversal>(back =>
        {
            back.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            back.HasOne<Person>().WithMany().HasForeignKey(row => row.By);
            back.HasOne<Person>().WithMany().HasForeignKey(row => row.With);
        });
        model.Entity<Nomination>(nomination =>
        {
            nomination.HasOne<Person>().WithMany().HasForeignKey(row => row.EnteredBy);
            nomination.HasOne<Person>().WithMany().HasForeignKey(row => row.AcknowledgedBy);
        });
        model.Entity<Document>(document =>
        {
            document.HasOne<Blob>().WithMany().HasForeignKey(row => row.Blob);
            document.HasOne<Person>().WithMany().HasForeignKey(row => row.AddedBy);
        });

        model.Entity<SeenWarning>().HasOne<Person>().WithMany().HasForeignKey(row => row.By);
        model.Entity<Visit>().HasOne<Blob>().WithMany().HasForeignKey(row => row.Drawn);
        model.Entity<VisitPresent>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Occurrence>(occurrence =>
        {
            occurrence.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            occurrence.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
            occurrence.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
            occurrence.HasOne<Person>().WithMany().HasForeignKey(row => row.By);
            occurrence.HasOne<Person>().WithMany().HasForeignKey(row => row.SeenBy);
        });
        model.Entity<VisitApproval>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<VisitApproval>().HasOne<Signature>().WithMany().HasForeignKey(row => row.Signature);
        model.Entity<VisitCorrection>().HasOne<Person>().WithMany().HasForeignKey(row => row.By);
        model.Entity<VisitCorrection>().HasOne<Person>().WithMany().HasForeignKey(row => row.Second);
        model.Entity<VaultEntry>(entry =>
        {
            entry.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            entry.HasOne<Vault>().WithMany().HasForeignKey(row => row.Vault);
            entry.HasOne<Person>().WithMany().HasForeignKey(row => row.Officer);
        });
        model.Entity<RegisterEntry>(entry =>
        {
            entry.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
            entry.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
            entry.HasOne<Person>().WithMany().HasForeignKey(row => row.Operator);
        });

        model.Entity<ApiClient>().HasOne<Person>().WithMany().HasForeignKey(row => row.RegisteredBy);
        model.Entity<Webhook>().HasOne<Person>().WithMany().HasForeignKey(row => row.Owner);
        model.Entity<ClientBranch>().HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);

        model.Entity<Import>().HasOne<Person>().WithMany().HasForeignKey(row => row.StartedBy);
        model.Entity<ImportProblem>(problem =>
        {
            problem.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            problem.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
            problem.HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        });
        model.Entity<Merge>(merge =>
        {
            merge.HasOne<Person>().WithMany().HasForeignKey(row => row.Stays);
            merge.HasOne<Person>().WithMany().HasForeignKey(row => row.Goes);
            merge.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            merge.HasOne<Person>().WithMany().HasForeignKey(row => row.AskedBy);
            merge.HasOne<Signature>().WithMany().HasForeignKey(row => row.Signature);
            merge.HasOne<Person>().WithMany().HasForeignKey(row => row.SignedBy);
        });
        model.Entity<SettledWarning>(settled =>
        {
            settled.HasOne<Person>().WithMany().HasForeignKey(row => row.By);
            settled.HasOne<Person>().WithMany().HasForeignKey(row => row.SealedFor);
        });

        model.Entity<Obligation>().HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
        model.Entity<Obligation>().HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
        model.Entity<Obligation>().HasOne<Visit>().WithMany().HasForeignKey(row => row.Visit);
        model.Entity<Obligation>().HasOne<Person>().WithMany().HasForeignKey(row => row.Owner);
        model.Entity<Obligation>().HasOne<Person>().WithMany().HasForeignKey(row => row.Operator);
        model.Entity<Obligation>().HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
        model.Entity<Obligation>().HasOne<Message>().WithMany().HasForeignKey(row => row.Letter);
        model.Entity<ObligationAddressee>().HasOne<Person>().WithMany().HasForeignKey(row => row.Via);
        model.Entity<Complaint>(complaint =>
        {
            complaint.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            complaint.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
            complaint.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
            complaint.HasOne<Person>().WithMany().HasForeignKey(row => row.By);
            complaint.HasOne<Person>().WithMany().HasForeignKey(row => row.SeenBy);
        });
        model.Entity<PersonNotice>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<ObligationAddressee>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
    }
}
