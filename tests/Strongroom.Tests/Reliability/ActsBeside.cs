using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Reliability;

/// <summary>An act that somebody else does while the visit goes on, and by what it is known in the database.</summary>
/// <param name="Event">The kind of its event.</param>
/// <param name="Rows">How many of it there are, each with all that belongs to it.</param>
internal sealed record ActBeside(Request Request, string Event, Func<StrongroomDb, Task<int>> Rows);

/// <param name="Answers">How many of the request's answers are remembered.</param>
internal sealed record Trace(int Rows, int Events, int Answers)
{
    public static readonly Trace Absent = new(0, 0, 0), Whole = new(1, 1, 1);
}

/// <summary>
/// What others do during the visit's six acts: each is sent beside one of them and dies with the same server. A start-up is what costs most, and so these
/// cost next to nothing. What needs a signature comes first: signatures live five minutes.
/// </summary>
internal sealed class ActsBeside<TEngine>(MortalBank<TEngine> bank) where TEngine : IEngine
{
    private string entry = "", occurrence = "";

    /// <param name="step">Of the visit's acts, from 1.</param>
    public List<ActBeside> During(int step)
    {
        var (counter, custodian, manager) = (bank.Bank.CounterOfficer.UserName, bank.Bank.Custodian.UserName, bank.Bank.Manager.UserName);
        return step switch
        {
            1 =>
            [
                // A slip is entered with the duty to tell of it.
                new(new(custodian, $"/api/v1/branches/{bank.Bank.Branch}/paper/visits", bank.Slip, "slip", null), AccessAudit.LateEntered.Name,
                    db => db.Set<Visit>().CountAsync(row => row.PaperSlip != null && db.Set<Obligation>().Any(told => told.Visit == row.Id))),
            ],
            2 =>
            [
                new(new(manager, $"/api/v1/approvals/{bank.Correction}/approve", bank.Approved, "correction", null), AccessAudit.Corrected.Name, db => db.Set<VisitCorrection>().CountAsync()),
                new(new(manager, $"/api/v1/vaults/{bank.Bank.Vault}/entries", new EnterVaultRequest(EntryPurpose.Inspection, null), "enter", null), AccessAudit.VaultEntered.Name,
                    db => db.Set<VaultEntry>().CountAsync()),
            ],
            3 =>
            [
                new(new(counter, $"/api/v1/branches/{bank.Bank.Branch}/occurrences", new NoteOccurrenceRequest(OccurrenceKind.PowerLost, null, null, "Dark for a minute"), "note", null),
                    AccessAudit.OccurrenceNoted.Name, db => db.Set<Occurrence>().CountAsync()),
            ],
            4 =>
            [
                new(new(bank.OtherHirer.UserName, $"/api/v1/agreements/{bank.Other.Agreement}/freeze", null, "freeze", null), AgreementsAudit.Frozen.Name,
                    async db =>
                    {
                        var holds = await db.Set<Hold>().Where(row => row.Kind == HoldKind.Freeze).Select(row => row.Id).ToListAsync();
                        var told = await db.Set<Obligation>().Select(row => row.Reference).ToListAsync();
                        return holds.Count(hold => told.Contains(hold.Value));
                    }),
            ],
            5 =>
            [
                new(new(manager, $"/api/v1/occurrences/{occurrence}/seen", new SeeToOccurrenceRequest("The generator was started"), "seen", null), AccessAudit.OccurrenceSeenTo.Name,
                    db => db.Set<Occurrence>().CountAsync(row => row.SeenAt != null)),
            ],
            6 =>
            [
                new(new(manager, $"/api/v1/vault-entries/{entry}/leave", null, "leave", null), AccessAudit.VaultLeft.Name, db => db.Set<VaultEntry>().CountAsync(row => row.LeftAt != null)),
            ],
            _ => [],
        };
    }

    /// <summary>Later acts name what earlier ones made.</summary>
    public void Told(ActBeside act, string json)
    {
        if (act.Request.Key is not ("enter" or "note")) return;
        using var answer = JsonDocument.Parse(json);
        var id = answer.RootElement.GetProperty("id").GetString()!;
        if (act.Request.Key == "enter") entry = id;
        else occurrence = id;
    }
}
