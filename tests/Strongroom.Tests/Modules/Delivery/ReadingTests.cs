using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web.Widgets;

namespace Strongroom.Tests.Modules.Delivery;

public abstract class ReadingTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_manager_sees_the_messages_of_the_branch_and_no_others()
    {
        var (mine, theirs) = (await Queue(bank.MgRoad), await Queue(bank.Fort));

        var seen = await bank.By(bank.Manager, (ReadMessages read) => read.Page(null, ListQuery.From(null, null), ReadMessages.PageSize, default));
        seen.Messages.ShouldContain(line => line.Id == mine);
        seen.Messages.ShouldNotContain(line => line.Id == theirs);
        seen.Total.ShouldBe(seen.Messages.Count);
        (await bank.By(bank.Manager, (ReadMessages read) => read.One(theirs, default))).ShouldBeNull();
        (await bank.By(bank.Auditor, (ReadMessages read) => read.One(theirs, default))).ShouldNotBeNull();
        await bank.By(bank.Manager, (RevealMessage reveal) => reveal.Handle(theirs, default)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Reading_a_message_s_text_stands_in_the_person_s_timeline()
    {
        var id = await Queue(bank.MgRoad);

        var text = await bank.By(bank.Manager, (RevealMessage reveal) => reveal.Handle(id, default)).Fine();

        text.ShouldBe(new RevealedMessage("Hello", "Good morning."));
        (await bank.Timeline(id)).ShouldBe(["delivery.revealed"]);
    }

    [Fact]
    public async Task A_message_with_a_code_is_shown_to_nobody()
    {
        var id = await Queue(bank.MgRoad, confidential: true);

        await bank.By(bank.Manager, (RevealMessage reveal) => reveal.Handle(id, default)).RefusedWith(403, "delivery.for-the-addressee-alone");
        (await bank.Timeline(id)).ShouldBe(["refused"]);
    }

    [Fact]
    public async Task Without_a_mail_server_a_development_machine_writes_files()
    {
        var id = await Queue(bank.MgRoad);

        await bank.App.Services.GetRequiredService<Relay>().RunOnce(bank.Clock.UtcNow(), default);

        var folder = Path.Combine(bank.App.Services.GetRequiredService<Settings>().DataDirectory, "mail");
        MimeKit.MimeMessage.Load(Path.Combine(folder, $"{id}.eml")).TextBody!.ShouldContain("Good morning.");
        (await bank.Read(db => db.Set<Message>().Where(row => row.Id == id).Select(row => row.State).SingleAsync())).ShouldBe(MessageState.Accepted);
    }

    private Task<MessageId> Queue(BranchId branch, bool confidential = false) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = bank.Act(services);
        var id = await db.Queue(act, new NewMessage
        {
            To = bank.Clerk.Person!.Value,
            Address = "meera@example.in",
            Masked = "m…@example.in",
            Subject = "Hello",
            Body = "Good morning.",
            Purpose = "test",
            Reference = new Subject("visit", act.NewGuid()),
            Branch = branch,
            Confidential = confidential,
        }, default);
        await db.SaveChangesAsync();
        return id;
    });
}

public sealed class Reading_messages_on_sqlite(TwoBranches<Sqlite> bank) : ReadingTests<Sqlite>(bank);

public sealed class Reading_messages_on_postgres(TwoBranches<Postgres> bank) : ReadingTests<Postgres>(bank);

public sealed class MailSettingsTests
{
    [Theory]
    [InlineData("Production", null, null, "Mail:Host is not set")]
    [InlineData("Production", "mail.bank.example", null, "Mail:From is not set")]
    [InlineData("Development", "mail.bank.example", "ssl3", "Mail:Security is \"ssl3\"")]
    public void A_server_whose_mail_is_not_set_up_does_not_start(string environment, string? host, string? security, string says)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mail:Host"] = host,
            ["Mail:Security"] = security,
            ["Mail:From"] = security is null ? null : "lockers@bank.example",
        }).Build();

        Should.Throw<InvalidOperationException>(() => MailSettings.Of(configuration, Settings.Of(configuration), new At(environment))).Message.ShouldStartWith(says);
    }

    private sealed class At(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
