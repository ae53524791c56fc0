using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>The log stands still or is late: every auditor and every manager reads it on their next page.</summary>
internal static class TellOfLogAlarm
{
    public static async Task On(StrongroomDb db, Act act, LogAlarm alarm, CancellationToken cancel)
    {
        // Postings begin on a branch's local day; a day's tolerance wakes nobody who should sleep.
        var today = DateOnly.FromDateTime(act.Now);
        var persons = await db.PostingFacts()
            .Where(posting => (posting.Role == Role.Auditor || posting.Role == Role.Manager) && posting.From <= today && (posting.Until == null || today <= posting.Until))
            .Select(posting => posting.Person).Distinct().ToListAsync(cancel);
        foreach (var person in persons) db.Notify(act, person, NoticeKind.LogAlarm, Subject.Of(alarm.Event));
    }
}
