using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Web.Account;

namespace Strongroom.Tests.Web.Account;

public sealed class WhoOpensTests
{
    [Theory]
    [InlineData(Mandate.Single, 1, 1, "alone")]
    [InlineData(Mandate.Jointly, 1, 2, "only together with the other hirer")]
    [InlineData(Mandate.Jointly, 3, 3, "only together with all other hirers")]
    [InlineData(Mandate.EitherOrSurvivor, 2, 2, "alone")]
    [InlineData(Mandate.AnyoneOrSurvivor, 2, 3, "alone")]
    [InlineData(Mandate.FormerOrSurvivor, 1, 2, "alone")]
    [InlineData(Mandate.FormerOrSurvivor, 2, 2, "only after the death of the first-named hirer")]
    [InlineData(Mandate.LatterOrSurvivor, 2, 2, "alone")]
    [InlineData(Mandate.LatterOrSurvivor, 1, 2, "only after the death of the last-named hirer")]
    public void A_hirer_reads_in_which_way_each_may_open(Mandate mandate, int position, int hirers, string way) =>
        WhoOpens.Way(mandate, new MayCome(default, ComesAs.Hirer, position, 1, null), hirers, null, []).ShouldBe(way);

    [Theory]
    [InlineData(Mandate.Jointly, 2, 2, 1, "no longer, since a hirer has died; please speak with your branch")]
    [InlineData(Mandate.EitherOrSurvivor, 2, 2, 1, "alone")]
    [InlineData(Mandate.FormerOrSurvivor, 2, 2, 1, "alone")]
    [InlineData(Mandate.FormerOrSurvivor, 3, 3, 2, "only after the death of the first-named hirer")]
    [InlineData(Mandate.LatterOrSurvivor, 1, 2, 2, "alone")]
    [InlineData(Mandate.LatterOrSurvivor, 1, 3, 2, "only after the death of the last-named hirer")]
    public void After_a_death_a_survivor_reads_what_it_means_for_them(Mandate mandate, int position, int hirers, int dead, string way) =>
        WhoOpens.Way(mandate, new MayCome(default, ComesAs.Hirer, position, 1, null), hirers, null, [dead]).ShouldBe(way);

    [Fact]
    public void Who_acts_for_an_organisation_or_by_letter_is_said_so()
    {
        WhoOpens.Way(Mandate.Single, new MayCome(default, ComesAs.Signatory, 1, 2, null), 1, "Rao & Sons", []).ShouldBe("for Rao & Sons, 2 who sign for it together");
        WhoOpens.Way(Mandate.Single, new MayCome(default, ComesAs.Signatory, 1, 1, null), 1, "Rao & Sons", []).ShouldBe("for Rao & Sons");
        WhoOpens.Way(Mandate.Jointly, new MayCome(default, ComesAs.Agent, 0, 1, null), 2, null, []).ShouldBe("by your letter of authority");
    }
}
