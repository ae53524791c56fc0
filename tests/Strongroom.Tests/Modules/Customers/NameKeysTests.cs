using CsCheck;
using Strongroom.Modules.Customers;

namespace Strongroom.Tests.Modules.Customers;

public sealed class NameKeysTests
{
    [Theory]
    [InlineData("Lakshmi", "Laxmi")]
    [InlineData("Chaudhari", "Choudhury")]
    [InlineData("Chaudhari", "Chowdhary")]
    [InlineData("Mohammed", "Muhammad")]
    [InlineData("Shaikh", "Sheikh")]
    [InlineData("Banerjee", "Banerji")]
    [InlineData("Iyer", "Aiyar")]
    [InlineData("Srivastava", "Shrivastav")]
    [InlineData("Vivek", "Wiwek")]
    [InlineData("Agarwal", "Aggarwal")]
    [InlineData("Sharma", "Sarma")]
    [InlineData("Pillai", "Pillay")]
    [InlineData("Krishnan", "Krishnen")]
    public void Names_that_sound_the_same_are_found_by_each_other(string one, string other) =>
        NameKeys.Sound(one.ToLowerInvariant()).ShouldBe(NameKeys.Sound(other.ToLowerInvariant()));

    [Theory]
    [InlineData("Rao", "Roy")]
    [InlineData("Ravi", "Rekha")]
    [InlineData("Shah", "Shinde")]
    [InlineData("Nair", "Naik")]
    [InlineData("Das", "Desai")]
    public void Names_that_sound_different_are_not(string one, string other) =>
        NameKeys.Sound(one.ToLowerInvariant()).ShouldNotBe(NameKeys.Sound(other.ToLowerInvariant()));

    [Fact]
    public void A_name_of_another_script_is_found_as_it_is_written() => Finds("आशा राव", "राव").ShouldBeTrue();

    [Theory]
    [InlineData("Asha Vikram Rao", "asha", true)]
    [InlineData("Asha Vikram Rao", "RAO  asha", true)]
    [InlineData("Asha Vikram Rao", "rao vik", true)]
    [InlineData("Asha Vikram Rao", "vik rao", true)]
    [InlineData("Asha Vikram Rao", "sha", false)]
    [InlineData("Asha Vikram Rao", "rao ravi", false)]
    [InlineData("D'Souza, Joseph", "joseph d'souza", true)]
    [InlineData("Cher", "cher", true)]
    [InlineData("Asha Rao", "   ", false)]
    public void Words_in_any_order_and_the_beginning_of_one_find_a_name(string name, string text, bool found) => Finds(name, text).ShouldBe(found);

    [Fact]
    public void Every_name_is_found_by_its_own_words_whatever_stands_in_them() =>
        Gen.String[1, 60].Where(name => NameKeys.Words(name).Length is 1 or 2).Sample(name => Finds(name, name) || NameKeys.Words(name).Sum(word => word.Length) >= NameKeys.Longest);

    [Fact]
    public void Nothing_of_a_long_name_is_longer_than_its_column() =>
        NameKeys.Of(string.Join(' ', Enumerable.Range(0, 20).Select(at => new string((char)('a' + at), 90)))).ShouldAllBe(key => key.Length <= NameKeys.Longest);

    private static bool Finds(string name, string text) => NameKeys.Written(text).Any(range =>
        NameKeys.Of(name).Any(key => Compare(key, range.From) >= 0 && Compare(key, range.Until) < 0));

    // As the databases compare: byte by byte.
    private static int Compare(string one, string other) => System.Text.Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other));
}
