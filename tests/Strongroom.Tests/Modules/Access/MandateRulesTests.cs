using CsCheck;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Tests.Modules.Access;

/// <summary>R10 by table: each mandate against who of the first, second and third hirer is present (P), away (-), or has died (d).</summary>
public sealed class MandateRulesTests
{
    [Theory]
    [InlineData(Mandate.Single, "P", true)]
    [InlineData(Mandate.Single, "-", false)]
    [InlineData(Mandate.Single, "P-", true)]
    [InlineData(Mandate.Single, "-P", false)]
    [InlineData(Mandate.Single, "d", false)]
    [InlineData(Mandate.Jointly, "P", true)]
    [InlineData(Mandate.Jointly, "PP", true)]
    [InlineData(Mandate.Jointly, "P-", false)]
    [InlineData(Mandate.Jointly, "PP-", false)]
    [InlineData(Mandate.Jointly, "PPP", true)]
    [InlineData(Mandate.Jointly, "Pd", false)]
    [InlineData(Mandate.EitherOrSurvivor, "P-", true)]
    [InlineData(Mandate.EitherOrSurvivor, "-P", true)]
    [InlineData(Mandate.EitherOrSurvivor, "--", false)]
    [InlineData(Mandate.EitherOrSurvivor, "dP", true)]
    [InlineData(Mandate.AnyoneOrSurvivor, "--P", true)]
    [InlineData(Mandate.AnyoneOrSurvivor, "---", false)]
    [InlineData(Mandate.AnyoneOrSurvivor, "dd-", false)]
    [InlineData(Mandate.FormerOrSurvivor, "P-", true)]
    [InlineData(Mandate.FormerOrSurvivor, "-P", false)]
    [InlineData(Mandate.FormerOrSurvivor, "dP", true)]
    [InlineData(Mandate.FormerOrSurvivor, "d-", false)]
    [InlineData(Mandate.LatterOrSurvivor, "-P", true)]
    [InlineData(Mandate.LatterOrSurvivor, "P-", false)]
    [InlineData(Mandate.LatterOrSurvivor, "Pd", true)]
    [InlineData(Mandate.LatterOrSurvivor, "-d", false)]
    public void The_mandate_is_met_by_those_whom_it_names(Mandate mandate, string hirers, bool met) =>
        MandateRules.Met(mandate, [.. hirers.Select((mark, at) => new HirerHere(at + 1, mark == 'P', mark == 'd'))]).ShouldBe(met);

    [Theory]
    [InlineData(Mandate.Single)]
    [InlineData(Mandate.Jointly)]
    [InlineData(Mandate.EitherOrSurvivor)]
    [InlineData(Mandate.FormerOrSurvivor)]
    [InlineData(Mandate.LatterOrSurvivor)]
    [InlineData(Mandate.AnyoneOrSurvivor)]
    public void Nobody_present_never_meets_it_and_one_more_person_never_breaks_it(Mandate mandate) =>
        Gen.Select(Gen.Bool, Gen.Bool).List[1, 5].Sample(marks =>
        {
            var hirers = marks.Select((mark, at) => new HirerHere(at + 1, mark.Item1 && !mark.Item2, mark.Item2)).ToList();
            if (MandateRules.Met(mandate, [.. hirers.Select(hirer => hirer with { Present = false })])) return false;
            if (!MandateRules.Met(mandate, hirers)) return true;
            return Enumerable.Range(0, hirers.Count).All(at =>
                MandateRules.Met(mandate, [.. hirers.Select((hirer, place) => place == at && !hirer.Deceased ? hirer with { Present = true } : hirer)]));
        });

    [Fact]
    public void An_agreement_without_hirers_admits_nobody() => MandateRules.Met(Mandate.AnyoneOrSurvivor, []).ShouldBeFalse();
}
