using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Recertifying;

/// <summary>
/// Each night: writes down which postings have lapsed, once a lapse, and once a week tells every administrator with an e-mail address how many wait. That a posting lapsed
/// is a matter of the clock; this is for the log and for people.
/// </summary>
internal sealed class RemindOfRecertification(StrongroomDb db, SystemActs acts, ReadRecertifications read) : IJob
{
    public const string EachNight = "0 27 1 * * ?";

    private const string Purpose = "recertification";

    private static readonly TimeSpan Between = TimeSpan.FromDays(7);

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var open = await read.Open(all: false, cancel);
        foreach (var lapsed in open.Where(line => line is { State: RecertificationState.Lapsed, OnlyWarned: false })) await Note(now, lapsed, cancel);
        if (open.Count > 0) await Remind(now, open, cancel);
    }

    private async Task Note(DateTime now, PostingToRecertify lapsed, CancellationToken cancel)
    {
        // Confirmed since, it would lapse on a later day: an event of this lapse is younger than its due day.
        var (kind, posting, since) = (StaffAudit.PostingLapsed.Name, lapsed.Posting.Value, lapsed.RecertifyBy.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        if (await db.EventFacts().AnyAsync(happened => happened.Kind == kind && happened.At >= since && db.EventAbouts().Any(about => about.Event == happened.Id && about.Id == posting), cancel)) return;
        db.Append(acts.At(now), new Event(StaffAudit.PostingLapsed).About(lapsed.Officer).About(lapsed.Person).About(lapsed.Posting).About(lapsed.Branch)
            .With("role", lapsed.Role).With("was-due", lapsed.RecertifyBy).With("lapsed-on", lapsed.LapsesOn));
        await db.SaveChangesAsync(cancel);
    }

    private async Task Remind(DateTime now, IReadOnlyList<PostingToRecertify> open, CancellationToken cancel)
    {
        var (kind, since) = (StaffAudit.RecertificationReminded.Name, now - Between);
        if (await db.EventFacts().AnyAsync(happened => happened.Kind == kind && happened.At > since, cancel)) return;
        var act = acts.At(now);
        var reminded = db.Append(act, new Event(StaffAudit.RecertificationReminded).With("open", open.Count).With("lapsed", open.Count(line => line.State == RecertificationState.Lapsed)));
        var administrators = await db.AdministratorsAtWork(now, cancel);
        var addresses = (await db.ChannelFacts().Where(row => administrators.Contains(row.Person) && row.Kind == ChannelKind.Email).OrderBy(row => row.Id).ToListAsync(cancel)).DistinctBy(row => row.Person);
        foreach (var address in addresses)
        {
            var mine = open.Where(line => line.Person != address.Person).ToList();
            if (mine.Count == 0) continue;
            var key = await act.Seals.KeyOf(db, address.Person, cancel);
            await db.Queue(act, new NewMessage
            {
                To = address.Person,
                Address = key.Open(address),
                Masked = address.Masked,
                Subject = mine.Count == 1 ? "One role is to be confirmed" : $"{mine.Count} roles are to be confirmed",
                Body = $"""
                    Each officer's role is looked at once a year by another person. Waiting now: {mine.Count}; of these past their day: {mine.Count(line => line.State == RecertificationState.Overdue)}; granting nothing any more: {mine.Count(line => line.State == RecertificationState.Lapsed)}.

                    The first is due on {mine[0].RecertifyBy:yyyy-MM-dd}. Sign in and open "Confirm roles" under "Staff".
                    """,
                Purpose = Purpose,
                Reference = Subject.Of(reminded),
            }, cancel);
        }
        await db.SaveChangesAsync(cancel);
    }
}
