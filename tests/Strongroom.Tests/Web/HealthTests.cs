using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

public abstract class HealthTests<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task A_bank_that_can_serve_says_ready_by_plain_HTTP_without_being_sent_elsewhere()
    {
        await using var world = await Open();

        var answer = await Ask(world, "/health/ready");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Words);
        (await Ask(world, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_demo_bank_is_ready_only_when_the_Lab_has_filled_it()
    {
        await using var world = await Open();
        var started = Path.Combine(world.Folder, Installation.StartedFile);
        File.WriteAllText(started, "");

        var filling = await Ask(world, "/health/ready");
        File.WriteAllText(Path.Combine(world.Folder, Installation.ReadyFile), "");

        filling.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        filling.Words.ShouldContain("still being filled");
        (await Ask(world, "/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_schema_that_is_not_this_programs_is_not_ready_and_the_words_name_the_command()
    {
        await using var world = await Open();
        await world.Read(db => db.Database.ExecuteSqlRawAsync("DELETE FROM schema_history"));

        var answer = await Ask(world, "/health/ready");

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Words.ShouldContain("Run `migrate`");
        (await Ask(world, "/health/live")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_log_without_its_triggers_is_not_ready()
    {
        await using var world = await Open();
        await world.Read(db => db.Database.ExecuteSqlRawAsync(
            db.OneWriter ? "DROP TRIGGER audit_event_no_update" : "DROP TRIGGER audit_event_append_only ON audit_event"));

        (await Ask(world, "/health/ready")).Words.ShouldContain("append-only");
    }

    private static async Task<OpenedWorld> Open()
    {
        var world = new OpenedWorld();
        await world.InitializeAsync();
        return world;
    }

    private static async Task<(HttpStatusCode Status, string Words)> Ask(World<TEngine> world, string path)
    {
        using var client = world.App.GetTestServer().CreateClient();
        var answer = await client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class OpenedWorld : World<TEngine>
    {
        public string Folder => ((Settings)App.Services.GetService(typeof(Settings))!).DataDirectory;
    }
}

public sealed class Health_on_sqlite : HealthTests<Sqlite>;

public sealed class Health_on_postgres : HealthTests<Postgres>;
