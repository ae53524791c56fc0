using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Clients;

/// <summary>Webhooks over days: a world of its own, because nobody opens the branch on them.</summary>
public abstract class WebhookTimeTests<TEngine>(WebhookWorld<TEngine> world) : IClassFixture<WebhookWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task After_three_days_it_stops_its_owner_is_told_and_what_comes_is_held_back_until_it_is_resumed()
    {
        await using var receiver = await Receiver.Start();
        receiver.Status = 500;
        var (client, webhook) = await world.Hook(receiver.Address, "customers.registered");
        await world.RegisterPerson("Gone Away");

        for (var at = 0; at < 20; at++)
        {
            await world.Second();
            world.Clock.Advance(TimeSpan.FromHours(6));
        }
        await world.RegisterPerson("Held Back");
        await world.Second();
        var stopped = (await world.Deliveries(webhook.Id)).ConvertAll(one => one.State);
        using var office = await world.SignIn(Bank.Admin);
        var page = await office.GetStringAsync($"/office/webhooks/{webhook.Id}");
        var notices = await office.GetStringAsync("/office/clients");
        receiver.Status = 204;
        var before = receiver.All.Count;
        (await office.PostForm($"/office/webhooks/{webhook.Id}", "resume")).Leads().ShouldBe($"/office/webhooks/{webhook.Id}");
        await world.Second();

        stopped.ShouldBe([DeliveryState.GivenUp, DeliveryState.Held]);
        page.ShouldContain("Stopped: nobody answered for three days");
        page.ShouldContain(Bank.Admin.Name);
        notices.ShouldContain("stopped");
        (receiver.All.Count - before).ShouldBe(2);
        (await world.Story(client.Id)).Select(told => told.Kind).ShouldContain("clients.webhook-stopped");
        (await world.Read(db => db.Set<PersonNotice>().CountAsync(row => row.Person == Bank.Admin.Person && row.Reference == webhook.Id.Value))).ShouldBe(1);
        (await world.Deliveries(webhook.Id)).ShouldAllBe(one => one.State == DeliveryState.Accepted);
    }

    [Fact]
    public async Task While_a_secret_takes_anothers_place_messages_are_signed_by_both()
    {
        await using var receiver = await Receiver.Start();
        var (client, webhook) = await world.Hook(receiver.Address, "customers.registered");
        using var caller = world.Bearing(await world.Token(client));
        var secret = (await (await caller.Write($"/api/v1/webhooks/{webhook.Id}/secrets", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;

        await world.RegisterPerson("On the first day");
        await world.Second();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Lab.Do<ReplayDeliveries, Replayed>(Bank.Admin.Person, slice => slice.Handle(webhook.Id, new(null, DateTime.UnixEpoch), default));
        await world.Second();

        receiver.All[0].Signature.ShouldBe($"{WebhookWorld<TEngine>.Sign(secret, receiver.All[0])} {WebhookWorld<TEngine>.Sign(webhook.Secret, receiver.All[0])}");
        receiver.All[1].Signature.ShouldBe(WebhookWorld<TEngine>.Sign(secret, receiver.All[1]));
    }
}

public sealed class Webhooks_over_days_on_sqlite(WebhookWorld<Sqlite> world) : WebhookTimeTests<Sqlite>(world), IClassFixture<WebhookWorld<Sqlite>>;

public sealed class Webhooks_over_days_on_postgres(WebhookWorld<Postgres> world) : WebhookTimeTests<Postgres>(world), IClassFixture<WebhookWorld<Postgres>>;
