using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Delivery;

/// <summary>A bank whose SMS go to a gateway of its own, which is down until a test starts it.</summary>
public class SmsWorld<TEngine> : TwoBranches<TEngine>, IAsyncLifetime where TEngine : IEngine
{
    private static readonly AuditKind Queued = new("test.sms-queued", "Queued");

    public SmsGateway Gateway { get; } = new();

    public PersonId Asha { get; private set; }

    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(Gateway.Settings);

    protected override async Task Prepare()
    {
        await base.Prepare();
        Asha = await Person("Asha Rao");
    }

    public Task<MessageId> Queue(string number, string text = "Your locker was opened.", DateTime? notBefore = null) => In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = Act(services);
        var id = await db.Queue(act, new NewMessage
        {
            To = Asha,
            Medium = MessageMedium.Sms,
            Address = number,
            Masked = $"+91…{number[^4..]}",
            Subject = "",
            Body = text,
            Purpose = "test",
            Reference = new Subject("visit", act.NewGuid()),
            Branch = MgRoad,
            NotBefore = notBefore,
        }, default);
        db.Append(act, new Event(Queued).About(Asha));
        await db.SaveChangesAsync();
        return id;
    });

    public Task<int> Relay() => App.Services.GetRequiredService<Relay>().RunOnce(Clock.UtcNow(), default);

    internal Task<Message> Message(MessageId id) => Read(db => db.Set<Message>().AsNoTracking().SingleAsync(row => row.Id == id));

    public async Task<HttpResponseMessage> Receipt(string body, string key = SmsGateway.ReceiptKey, int secondsAgo = 0)
    {
        var time = new DateTimeOffset(Clock.UtcNow().AddSeconds(-secondsAgo)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/delivery/sms-receipts") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(TakeSmsReceipt.TimeHeader, time);
        request.Headers.Add(TakeSmsReceipt.SignatureHeader, TakeSmsReceipt.Sign(Encoding.UTF8.GetBytes(body), time, key));
        return await client.SendAsync(request);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Gateway.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public abstract class SmsTests<TEngine>(SmsWorld<TEngine> bank) : IClassFixture<SmsWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task An_SMS_reaches_the_gateway_with_our_token_the_sender_and_a_reference_that_stays_the_same()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876543210", "Locker 14 खोला गया।");

        await bank.Relay();

        bank.Gateway.Sms.Single(sms => sms.To == "+919876543210").ShouldBe(new("+919876543210", "KAVERI", "Locker 14 खोला गया।", id.ToString()));
        (await bank.Message(id)).State.ShouldBe(MessageState.Accepted);
        (await bank.Timeline(id)).ShouldBe(["delivery.accepted"]);
    }

    [Fact]
    public async Task A_number_that_does_not_exist_fails_at_once_and_is_not_repeated_in_the_clear()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876543404");

        await bank.Relay();

        var message = await bank.Message(id);
        message.State.ShouldBe(MessageState.Failed);
        message.Receipt.ShouldStartWith("422 ");
        message.Receipt.ShouldNotContain("9876543404");
    }

    [Fact]
    public async Task A_busy_gateway_is_tried_again()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876543503");

        await bank.Relay();

        var message = await bank.Message(id);
        (message.State, message.NextAttemptAt - bank.Clock.UtcNow()).ShouldBe((MessageState.Waiting, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_gateway_that_sends_us_elsewhere_is_not_followed()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876543307");

        await bank.Relay();

        bank.Gateway.Sms.ShouldNotContain(sms => sms.To == "+919876543307");
        (await bank.Message(id)).State.ShouldBe(MessageState.Waiting);
    }

    [Fact]
    public async Task What_can_wait_is_not_sent_before_its_hour()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876500001", notBefore: bank.Clock.UtcNow().AddHours(9));

        await bank.Relay();

        (await bank.Message(id)).Attempts.ShouldBe(0);
    }

    [Fact]
    public async Task The_gateway_s_receipt_is_noted_once_and_only_when_it_signed_it()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876500002");
        await bank.Relay();
        var body = $$"""{"reference":"{{id}}","state":"Delivered"}""";

        ((int)(await bank.Receipt(body, key: "another key")).StatusCode).ShouldBe(401);
        ((int)(await bank.Receipt(body, secondsAgo: 301)).StatusCode).ShouldBe(401);
        ((int)(await bank.Receipt("""{"reference":7}""")).StatusCode).ShouldBe(400);
        (await bank.Receipt(body)).EnsureSuccessStatusCode();
        (await bank.Receipt(body)).EnsureSuccessStatusCode();

        (await bank.Timeline(id)).ShouldBe(["delivery.accepted", "delivery.delivered"]);
    }

    [Fact]
    public async Task A_telephone_that_never_got_it_makes_the_message_failed()
    {
        await bank.Gateway.Start();
        var id = await bank.Queue("+919876500003");
        await bank.Relay();

        (await bank.Receipt($$"""{"reference":"{{id}}","state":"Failed","detail":"absent-subscriber"}""")).EnsureSuccessStatusCode();

        var message = await bank.Message(id);
        (message.State, message.Receipt).ShouldBe((MessageState.Failed, "Not delivered: absent-subscriber"));
        (await bank.Timeline(id)).ShouldBe(["delivery.accepted", "delivery.failed"]);
    }

    [Fact]
    public async Task The_doctor_says_whether_the_gateway_answers()
    {
        await bank.Gateway.Start();

        (await bank.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "sms")).Status.ShouldBe(HealthStatus.Healthy);
    }
}

public sealed class Sms_on_sqlite(SmsWorld<Sqlite> bank) : SmsTests<Sqlite>(bank);

public sealed class Sms_on_postgres(SmsWorld<Postgres> bank) : SmsTests<Postgres>(bank);

public sealed class SmsTextTests
{
    [Theory]
    [InlineData(160, 'a', 1)]
    [InlineData(161, 'a', 2)]
    [InlineData(306, 'a', 2)]
    [InlineData(307, 'a', 3)]
    [InlineData(80, '€', 1)]
    [InlineData(81, '€', 2)]
    [InlineData(70, 'ख', 1)]
    [InlineData(71, 'ख', 2)]
    [InlineData(135, 'ख', 3)]
    public void A_text_is_counted_as_the_networks_count_it(int letters, char letter, int parts) => SmsText.Parts(new string(letter, letters)).ShouldBe(parts);
}
