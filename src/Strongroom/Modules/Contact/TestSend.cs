using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Contact;

public sealed record TestSendRequest(
    [property: Required, StringLength(40)] string Kind,
    [property: Required, EnumDataType(typeof(MessageMedium))] MessageMedium? Medium,
    [property: Required, RegularExpression("[a-z]{2}")] string Language);

/// <param name="Parts">Of an SMS: as how many parts it goes.</param>
public sealed record TestSent(string SentTo, int Parts);

internal sealed record NothingReachesYou() : Refusal("contact.nothing-reaches-you", 409, "You have no such address of your own in the register.", "Ask a colleague to enter your e-mail address or mobile number on your person's page.");

/// <summary>Sends a text, filled with made-up values, to the asker's own address: to nobody else.</summary>
internal sealed class TestSend(StrongroomDb db, Write write)
{
    public Task<Outcome<TestSent>> Handle(TestSendRequest request, CancellationToken cancel) => write.Do<TestSent>("contact.test-send", request, async act =>
    {
        if (!act.Actor.May(ContactRights.Templates) || act.Actor.Person is not { } me) return new NotYours();
        if (request.Medium is not (MessageMedium.Email or MessageMedium.Sms) || !Templates.Languages.Contains(request.Language)
            || !Templates.Of(request.Language).Any(text => text.Kind == request.Kind && text.Medium == request.Medium)) return new NoSuch("text");
        var kind = request.Medium == MessageMedium.Sms ? ChannelKind.Mobile : ChannelKind.Email;
        if (await db.ChannelFacts().Where(row => row.Person == me && row.Kind == kind).OrderBy(row => row.Id).FirstOrDefaultAsync(cancel) is not { } channel) return new NothingReachesYou().About(me);

        var sent = db.Append(act, new Event(ContactAudit.TestSent).About(me).With("kind", request.Kind).With("medium", request.Medium.Value).With("language", request.Language));
        var key = await act.Seals.KeyOf(db, me, cancel);
        var (subject, body) = Templates.Write(request.Kind, request.Medium.Value, request.Language, Sample(act.Now));
        await db.Queue(act, new NewMessage
        {
            To = me,
            Medium = request.Medium.Value,
            Address = key.Open(channel),
            Masked = channel.Masked,
            Subject = subject,
            Body = body,
            Purpose = "test-send",
            Reference = Subject.Of(sent),
        }, cancel);
        return new TestSent(channel.Masked, request.Medium == MessageMedium.Sms ? SmsText.Parts(body) : 1);
    }, cancel);

    /// <summary>Names and numbers of nobody.</summary>
    public static Templates.Values Sample(DateTime now) => new("Asha Rao", "A-12", "MG Road", now, "Asia/Kolkata")
    {
        Operator = "Ravi Rao",
        Also = ["Leela Rao"],
        Complaint = "https://bank.example/complaint/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789",
        Number = "C-2026-000123",
        Hold = HoldKind.Court,
        Change = SignInChange.PasskeyAdded,
        Role = Role.Manager,
        Minutes = 30,
    };
}

/// <summary>Reads the texts before the first request, so that a broken file stops the start.</summary>
internal sealed class CheckTexts : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Templates.Languages.Count > 0 ? Task.CompletedTask : throw new InvalidOperationException("There are no texts.");

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
