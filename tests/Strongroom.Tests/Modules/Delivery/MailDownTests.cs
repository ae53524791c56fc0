using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Delivery;

public abstract class MailDownTests<TEngine>(MailWorld<TEngine> bank) : IClassFixture<MailWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task While_the_mail_server_is_down_messages_wait_and_arrive_once_it_is_up()
    {
        var (first, second) = (await bank.Queue("one@example.in"), await bank.Queue("two@example.in"));

        (await bank.Relay()).ShouldBe(2);
        foreach (var id in new[] { first, second })
        {
            (await bank.Message(id)).State.ShouldBe(MessageState.Waiting);
            (await bank.Attempts(id)).ShouldHaveSingleItem().Accepted.ShouldBeFalse();
        }
        var check = await bank.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "mail");
        check.Status.ShouldBe(HealthStatus.Degraded);

        await bank.ServerIsUp();
        bank.Clock.Advance(TimeSpan.FromMinutes(1));
        await bank.Relay();

        bank.MailFor("one@example.in").Count.ShouldBe(1);
        (await bank.Message(second)).State.ShouldBe(MessageState.Accepted);
        (await bank.Attempts(second)).Select(attempt => attempt.Accepted).ShouldBe([false, true]);
    }
}

public sealed class Mail_down_on_sqlite(MailWorld<Sqlite> bank) : MailDownTests<Sqlite>(bank);

public sealed class Mail_down_on_postgres(MailWorld<Postgres> bank) : MailDownTests<Postgres>(bank);
