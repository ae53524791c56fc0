using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Data;

public abstract class ReferencesTests<TEngine>(World<TEngine> world) : IClassFixture<World<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Noted = new("test.noted", "Noted");

    [Fact]
    public async Task Nobody_signs_in_as_a_person_who_does_not_exist() => await Refused(act =>
        new User { Id = act.NewGuid(), Person = act.NewId<Noun.Person>(), UserName = "nobody", NormalizedUserName = "NOBODY" });

    [Fact]
    public async Task No_signature_is_asked_by_or_of_a_person_who_does_not_exist() => await Refused(act =>
        Signature.Asked(act, act.NewId<Noun.Person>(), new ToSign("test.act", new { }, "Sign", null, act.NewId<Noun.Person>(), null, [])));

    private async Task Refused(Func<Act, object> row)
    {
        var broken = await Should.ThrowAsync<DbUpdateException>(() => world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = new Act(Actor.System, world.Clock.UtcNow(), services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>());
            db.Add(row(act));
            db.Append(act, new Event(Noted));
            return await db.SaveChangesAsync();
        }));
        broken.InnerException!.Message.ShouldContain("foreign key", Case.Insensitive);
    }
}

public sealed class References_on_sqlite(World<Sqlite> world) : ReferencesTests<Sqlite>(world);

public sealed class References_on_postgres(World<Postgres> world) : ReferencesTests<Postgres>(world);
