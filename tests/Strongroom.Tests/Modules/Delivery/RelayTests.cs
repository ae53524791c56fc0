using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Delivery;

public abstract class RelayTests<TEngine>(MailWorld<TEngine> bank) : IClassFixture<MailWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_message_arrives_with_the_right_sender_subject_and_text()
    {
        await bank.ServerIsUp();
        var id = await bank.Queue("asha@example.in", body: "Locker 14 was opened.\nनमस्ते");

        await bank.Relay();

        var mail = bank.MailFor("asha@example.in").ShouldHaveSingleItem();
        mail.Subject.ShouldBe("Your locker — ₹");
        mail.From.Mailboxes.Single().Address.ShouldBe("lockers@bank.example");
        mail.TextBody!.TrimEnd().ReplaceLineEndings("\n").ShouldBe("Locker 14 was opened.\nनमस्ते");
        mail.MessageId.ShouldBe($"{id}@bank.example");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        var message = await bank.Message(id);
        (message.State, message.Attempts, message.AcceptedAt).ShouldBe((MessageState.Accepted, 1, bank.Clock.UtcNow()));
        (await bank.Timeline(id)).ShouldBe(["delivery.accepted"]);
        (await bank.Relay()).ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_fails_at_once_and_is_not_repeated_in_the_clear()
    {
        await bank.ServerIsUp();
        var id = await bank.Queue("gone.for.good@example.in");

        await bank.Relay();

        (await bank.Message(id)).State.ShouldBe(MessageState.Failed);
        var attempt = (await bank.Attempts(id)).ShouldHaveSingleItem();
        attempt.Accepted.ShouldBeFalse();
        attempt.Answer.ShouldStartWith("550 ");
        attempt.Answer.ShouldNotContain("gone.for.good");
        (await bank.Timeline(id)).ShouldBe(["delivery.failed"]);
    }

    [Fact]
    public async Task A_busy_mailbox_is_tried_again_after_one_minute_then_five_and_given_up_after_three_days()
    {
        await bank.ServerIsUp();
        var id = await bank.Queue("busy@example.in");

        await bank.Relay();
        var first = await bank.Message(id);
        (first.State, first.NextAttemptAt - bank.Clock.UtcNow()).ShouldBe((MessageState.Waiting, TimeSpan.FromMinutes(1)));
        bank.Clock.Advance(TimeSpan.FromSeconds(59));
        await bank.Relay();
        (await bank.Attempts(id)).Count.ShouldBe(1);
        bank.Clock.Advance(TimeSpan.FromSeconds(1));
        await bank.Relay();
        ((await bank.Message(id)).NextAttemptAt - bank.Clock.UtcNow()).ShouldBe(TimeSpan.FromMinutes(5));

        bank.Clock.Advance(TimeSpan.FromDays(3));
        await bank.Relay();

        (await bank.Message(id)).State.ShouldBe(MessageState.Failed);
        (await bank.Attempts(id)).Select(attempt => attempt.Number).ShouldBe([1, 2, 3]);
        (await bank.Timeline(id)).ShouldBe(["delivery.failed"]);
    }

    [Fact]
    public async Task The_same_message_queued_twice_is_sent_once()
    {
        await bank.ServerIsUp();
        var visit = new Guid("0192a4f0-0000-7000-8000-000000000001");

        var first = await bank.Queue("twice@example.in", reference: visit);
        (await bank.Queue("twice@example.in", reference: visit)).ShouldBe(first);
        (await bank.Queue("twice@example.in", purpose: "other", reference: visit)).ShouldNotBe(first);
        await bank.Relay();

        bank.MailFor("twice@example.in").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_acts_that_queue_the_same_message_at_once_one_is_saved()
    {
        var visit = new Guid("0192a4f0-0000-7000-8000-000000000002");
        await bank.Queue("race@example.in", reference: visit);

        await bank.In(services => services.GetRequiredService<Write>().Do<Done>("test.queue", new { }, async act =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var key = await act.Seals.KeyOf(db, bank.Asha, default);
            var id = act.NewId<Noun.Message>();
            db.Add(new Message
            {
                Id = id,
                Medium = MessageMedium.Email,
                To = bank.Asha,
                Address = key.Seal("message.address", id.Value, "race@example.in"),
                AddressBlind = act.Seals.Blind("message.address", "race@example.in"),
                Masked = "r…@example.in",
                Subject = key.Seal("message.subject", id.Value, ""),
                Body = key.Seal("message.body", id.Value, ""),
                Confidential = false,
                Purpose = "test",
                ReferenceKind = "visit",
                Reference = visit,
                Branch = null,
                MadeAt = act.Now,
                State = MessageState.Waiting,
                NextAttemptAt = act.Now.AddYears(1),
            });
            db.Append(act, new Event(DeliveryAudit.Revealed).About(bank.Asha));
            return Done.It;
        }, default)).RefusedWith(409, "changed-meanwhile");
    }

    [Fact]
    public async Task Two_relays_never_take_the_same_message_and_a_dead_one_s_come_due_again()
    {
        await bank.ServerIsUp();
        await bank.Relay();
        var queued = new List<Guid>();
        for (var i = 0; i < 6; i++) queued.Add((await bank.Queue($"shared{i}@example.in")).Value);
        var now = bank.Clock.UtcNow();

        Task<IReadOnlyList<Guid>> Take(DateTime at) => bank.Read(db => Outbox.Take(db, "message", at, at.AddMinutes(10), 3, default));
        var taken = (await Task.WhenAll(Take(now), Take(now))).SelectMany(ids => ids).ToList();

        taken.Count.ShouldBe(taken.Distinct().Count());
        taken.ShouldAllBe(id => queued.Contains(id));
        // Neither relay notes an outcome: after the lease the messages are there again.
        (await Take(now.AddMinutes(9))).ShouldAllBe(id => !taken.Contains(id));
        (await bank.Read(db => Outbox.Take(db, "message", now.AddMinutes(11), now, 100, default))).Where(queued.Contains).ShouldBe(queued, ignoreOrder: true);
        await bank.Relay();
    }

    [Fact]
    public async Task Neither_address_nor_text_can_be_read_from_the_disk()
    {
        await bank.ServerIsUp();
        await bank.Queue("canaryaddress@example.in", body: "canary-in-the-letter");
        await bank.Relay();

        (await bank.Read(db => ClearText.ColumnsWith(db, "canaryaddress"))).ShouldBeEmpty();
        (await bank.Read(db => ClearText.ColumnsWith(db, "canary-in-the-letter"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_relay_wakes_when_a_message_was_committed()
    {
        var bell = bank.App.Services.GetRequiredService<RelayBell>();
        await bank.Queue("bell@example.in");

        // The clock stands still: only the bell can end this wait.
        await bell.Wait(TimeSpan.FromHours(1), bank.Clock, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_check_of_the_set_up_hears_the_mail_server_answer()
    {
        await bank.ServerIsUp();

        var result = await bank.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "mail");

        result.Status.ShouldBe(HealthStatus.Healthy, result.Entries["mail"].Description);
    }
}

public sealed class Relay_on_sqlite(MailWorld<Sqlite> bank) : RelayTests<Sqlite>(bank);

public sealed class Relay_on_postgres(MailWorld<Postgres> bank) : RelayTests<Postgres>(bank);
