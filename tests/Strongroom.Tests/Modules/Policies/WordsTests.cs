using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Policies;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Policies;

/// <summary>The warnings that a bank refuses for are rules that exist: a misspelt one would refuse nobody, and nobody would notice.</summary>
public abstract class WordsTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public void The_setting_knows_every_rule_that_warns_and_no_other() =>
        PolicyKind.Of<AccessPolicy>().Settings.Single(setting => setting.Name == "warningsThatRefuse").Words!.Value
            .ShouldBe(AccessRules.All.Where(rule => rule.Severity == Answer.Warn).Select(rule => rule.Id), ignoreOrder: true);

    [Fact]
    public async Task An_unknown_rule_is_refused_by_its_name()
    {
        var refusal = await world.Lab.As(Bank.Admin.Person, async services => (await services.GetRequiredService<SetPolicy>().Handle(
            nameof(AccessPolicy), new("IN", Today, Values("rent, foto")), default)).Refusal);

        refusal!.Code.ShouldBe("policies.unknown-word");
        refusal.Title.ShouldContain("foto");
        refusal.Next.ShouldContain("photograph");
    }

    [Fact]
    public async Task The_office_ticks_the_rules_on_the_policys_page()
    {
        using var browser = await world.SignIn(Bank.Admin);
        var today = Today.ToString("yyyy-MM-dd");
        var page = await browser.GetStringAsync("/office/policies/AccessPolicy");
        page.ShouldContain("Key embossed");

        var answer = await browser.PostFormIn(page, "/office/policies/AccessPolicy", "policy",
            [.. Numbers, ("Input.EffectiveFrom", today), ("Input.Words[warningsThatRefuse_rent]", "true"), ("Input.Words[warningsThatRefuse_key-embossed]", "true")]);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        (await InForce()).WarningsThatRefuse.ShouldBe("rent, key-embossed");
        (await browser.GetStringAsync("/office/policies/AccessPolicy")).ShouldContain("name=\"Input.Words[warningsThatRefuse_rent]\" value=\"true\" checked");
    }

    private static readonly (string, string)[] Numbers =
        [("Input.Values[photographYears]", "5"), ("Input.Values[rentGraceDays]", "30"), ("Input.Values[freeVisits]", "12"), ("Input.Values[undoMinutes]", "10"), ("Input.Values[dormantYears]", "3"), ("Input.Values[longVisitMinutes]", "30")];

    private DateOnly Today => world.Lab.Now.DateIn("Asia/Kolkata");

    private static Dictionary<string, JsonElement> Values(string warnings) => new() { ["warningsThatRefuse"] = JsonSerializer.SerializeToElement(warnings) };

    private Task<AccessPolicy> InForce() => world.In(async services =>
        (await services.GetRequiredService<PolicyBook>().At<AccessPolicy>("IN", Bank.Branch, Today, default)).Values);
}

public sealed class Policy_words_on_sqlite(BankWorld<Sqlite> world) : WordsTests<Sqlite>(world);

public sealed class Policy_words_on_postgres(BankWorld<Postgres> world) : WordsTests<Postgres>(world);
