using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// R13's last resort: a letter to the first hirer whose home is known, where nothing else reaches any of them. One a day and agreement: what happens
/// again is added to the letter that waits; when that is in the post, tomorrow's letter says it.
/// </summary>
internal sealed class WriteLetter(SiteAddress site)
{
    public const string Purpose = "visit-letter";

    /// <summary>Every channel has failed for good: then nobody has a working one.</summary>
    public async Task OnFailed(StrongroomDb db, Act act, MessageFailed failed, CancellationToken cancel)
    {
        if (!AlertHirers.IsAlert(failed.Purpose)) return;
        var id = new ObligationId(failed.Reference);
        var obligation = await db.Set<Obligation>().SingleAsync(row => row.Id == id, cancel);
        var addressees = await db.Set<ObligationAddressee>().Where(row => row.Obligation == id).ToListAsync(cancel);
        if (obligation.Letter is not null || addressees.Exists(row => row.ToldAt is not null) || await db.AnyOtherOnItsWay(failed.Purpose, failed.Reference, failed.Message, cancel)) return;
        // Two last messages that fail at the same moment would each see the other one still on its way.
        db.LeanOn(obligation);
        await For(db, act, obligation, addressees, await WhatHappened.Of(db, obligation, cancel), cancel);
    }

    public async Task For(StrongroomDb db, Act act, Obligation obligation, IReadOnlyList<ObligationAddressee> addressees, WhatHappened what, CancellationToken cancel)
    {
        if (what.Hirers.FirstOrDefault(hirer => hirer.Home is not null) is not { Home: { } home } to) return;
        var kind = AlertHirers.TemplateOf(obligation.Kind);
        var values = what.For(to, [], site.To(ComplaintLink.Path(act.Seals, obligation.Id, to.Position)));
        var today = act.Now.DateIn(what.Zone);
        var last = await db.Set<Obligation>().Where(row => row.Agreement == obligation.Agreement && row.LetterOn >= today && row.Id != obligation.Id)
            .OrderByDescending(row => row.LetterOn).FirstOrDefaultAsync(cancel);
        if (last is { Letter: { } waiting } && await db.AddToLetter(act, waiting, Templates.Paragraph(kind, to.Language, values), cancel))
        {
            (obligation.Letter, obligation.LetterOn) = (waiting, last.LetterOn);
        }
        else
        {
            var day = last is { LetterOn: { } posted } ? posted.AddDays(1) : today;
            var key = await act.Seals.KeyOf(db, to.Id, cancel);
            var (subject, body) = Templates.Write(kind, MessageMedium.Letter, to.Language, values);
            obligation.Letter = await db.Queue(act, new NewMessage
            {
                To = to.Id,
                Medium = MessageMedium.Letter,
                Address = $"{to.Name}\n{key.OpenHome(to.Id, home)}",
                Masked = "by post",
                Subject = subject,
                Body = body,
                Purpose = Purpose,
                Reference = Subject.Of(obligation.Id),
                Branch = obligation.Branch,
                NotBefore = day > today ? day.ToUtc(default, what.Zone) : null,
            }, cancel);
            obligation.LetterOn = day;
        }
        foreach (var addressee in addressees) addressee.Reachable = true;
    }
}
