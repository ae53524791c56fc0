using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.SignIn;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract class ForgettingTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task Old_sessions_challenges_and_unused_questions_go_and_what_was_signed_and_used_stays()
    {
        var asha = await world.NewOfficer("asha");
        using (await world.SignIn(asha)) { }
        using var stranger = world.Client();
        await stranger.AskPasskey(await stranger.GetStringAsync("/sign-in"), "/api/v1/passkey-questions/sign-in");
        var (used, unused) = (await Ask(asha), await Ask(asha));
        await Joining.Sign(world.Lab, used, asha);
        await world.Act(world.ActorOf(asha), (db, act) => Signatures.Use(db, act, used, "test.act", Payload, default));

        await Forget();
        (await Rows()).ShouldSatisfyAllConditions(now => now.Sessions.ShouldBeGreaterThan(0), now => now.Challenges.ShouldBeGreaterThan(0), now => now.Signatures.ShouldBe([used, unused], ignoreOrder: true));
        world.Clock.Advance(TimeSpan.FromDays(2));
        await Forget();
        (await Rows()).ShouldSatisfyAllConditions(now => now.Sessions.ShouldBeGreaterThan(0), now => now.Challenges.ShouldBe(0), now => now.Signatures.Count.ShouldBe(2));
        world.Clock.Advance(TimeSpan.FromDays(89));
        using var young = await world.SignIn(asha);
        await Forget();

        (await Rows()).ShouldSatisfyAllConditions(now => now.Sessions.ShouldBe(1), now => now.Signatures.ShouldBe([used]));
        (await young.WhoAmI()).Person.ShouldBe(asha.Person);
    }

    private static readonly object Payload = new { Vault = "V1" };

    private Task<SignatureId> Ask(Player asker) => world.Act(world.ActorOf(asker), (db, act) =>
        Task.FromResult<Outcome<SignatureId>>(Signatures.Ask(db, act, new ToSign("test.act", Payload, "Open the day", world.Branch, asker.Person, null, []))));

    private Task<int> Forget() => world.In(async services =>
    {
        await services.GetRequiredService<ForgetOldSignIns>().Run(world.Lab.Now, default);
        return 0;
    });

    private Task<(int Sessions, int Challenges, List<SignatureId> Signatures)> Rows() => world.Read(async db =>
        (await db.Set<Session>().CountAsync(), await db.Set<Challenge>().CountAsync(), await db.Set<Signature>().Select(row => row.Id).ToListAsync()));
}

public sealed class Forgetting_on_sqlite(SignInWorld<Sqlite> world) : ForgettingTests<Sqlite>(world);

public sealed class Forgetting_on_postgres(SignInWorld<Postgres> world) : ForgettingTests<Postgres>(world);
