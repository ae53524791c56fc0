using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Tests.Architecture;

namespace Strongroom.Tests.Modules.SignIn;

public sealed partial class PasswordTests(BuiltServer server) : IClassFixture<BuiltServer>
{
    private static readonly IReadOnlyList<string> Own = new OwnWords(new ConfigurationBuilder().AddInMemoryCollection([new("Bank:Name", "Kaveri Co-operative Bank")]).Build()).All;

    // As the server has it that serves a bank.
    private readonly PasswordHashes hashes = server.App.Services.GetRequiredService<PasswordHashes>();

    [Theory]
    [InlineData("correct donkey lamp", null)]
    [InlineData("Zwölf Boxkämpfer!", null)]
    [InlineData("donkey lamp", "sign-in.password-too-short")]
    [InlineData("PasswordPassword", "sign-in.password-too-common")]
    [InlineData("qwertyuiop1234567890", "sign-in.password-too-common")]
    [InlineData("!!!welcome2026!!!", "sign-in.password-too-common")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "sign-in.password-too-common")]
    [InlineData("abcabcabcabcabcabc", "sign-in.password-too-common")]
    [InlineData("123456789012345678", "sign-in.password-too-common")]
    [InlineData("vijayalakshmi.subramaniam1", "sign-in.password-too-common")]
    public void A_password_alone_has_15_characters_and_is_not_a_common_one(string password, string? refusal) =>
        (Passwords.WhyNot(password, "Vijayalakshmi.Subramaniam", withSecondFactor: false, Own)?.Code).ShouldBe(refusal);

    [Theory]
    [InlineData("eldritch", null)]
    [InlineData("seven77", "sign-in.password-too-short")]
    [InlineData("password1", "sign-in.password-too-common")]
    [InlineData("sachin10!", "sign-in.password-too-common")]
    public void Beside_a_second_factor_eight_suffice(string password, string? refusal) =>
        (Passwords.WhyNot(password, "asha", withSecondFactor: true, Own)?.Code).ShouldBe(refusal);

    /// <summary>The list is of passwords from leaks, the most frequent ones; far more than 3,000 of them are long enough to be typed here.</summary>
    [Fact]
    public void The_most_frequent_passwords_of_leaks_are_refused()
    {
        var fitting = Passwords.Breached.Where(password => password.Length >= 8).ToList();

        fitting.Count.ShouldBeGreaterThan(3000);
        fitting.Where(password => Passwords.WhyNot(password, "asha", withSecondFactor: true, Own) is not PasswordTooCommon).ShouldBeEmpty();
        fitting.Where(password => password.All(char.IsAsciiLetter) && Passwords.WhyNot(password.ToUpperInvariant() + "2026!", "asha", withSecondFactor: true, Own) is not PasswordTooCommon).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("KaveriBank2026!!", "sign-in.password-too-common")]
    [InlineData("strongroom-strongroom", "sign-in.password-too-common")]
    [InlineData("Strongroom Password 1", "sign-in.password-too-common")]
    [InlineData("kaveri.cooperative.locker", "sign-in.password-too-common")]
    [InlineData("asha.rao@kaveri.bank", "sign-in.password-too-common")]
    [InlineData("operative kaveri locker 12", "sign-in.password-too-common")]
    [InlineData("the kaveri floods in june", null)]
    public void Words_of_the_bank_the_product_and_the_own_name_count_as_nothing(string password, string? refusal) =>
        (Passwords.WhyNot(password, "asha.ramanathan", withSecondFactor: true, Own)?.Code).ShouldBe(refusal);

    /// <summary>Every field for a password, on every page that there is: shown as dots, offered to password managers, and pasted into like any other.</summary>
    [Fact]
    public void Every_field_for_a_password_is_masked_and_open_to_password_managers()
    {
        var fields = Repository.Files("src/Strongroom", ".razor").SelectMany(file => TextFields().Matches(File.ReadAllText(file)).Select(field => (File: Path.GetFileName(file), Field: field.Value)))
            .Where(one => one.Field.Contains("password", StringComparison.OrdinalIgnoreCase) || one.Field.Contains("Input.Current\"", StringComparison.Ordinal)).ToList();

        fields.Count.ShouldBeGreaterThanOrEqualTo(7);
        fields.Where(one => !one.Field.Contains("Type=\"password\"", StringComparison.Ordinal)).ShouldBeEmpty();
        fields.Where(one => !one.Field.Contains("Autocomplete=\"current-password\"", StringComparison.Ordinal) && !one.Field.Contains("Autocomplete=\"new-password\"", StringComparison.Ordinal))
            // A colleague's password at somebody else's screen is not for that screen's password manager.
            .Select(one => one.File).ShouldBe(["SignaturePanel.razor"]);
        foreach (var script in Repository.Files("src/Strongroom/wwwroot", ".js"))
            foreach (var hindrance in new[] { "paste", "oncopy", "beforeinput", "clipboard" }) File.ReadAllText(script).ShouldNotContain(hindrance, Case.Insensitive, script);
    }

    [Fact]
    public void A_long_password_is_welcome_and_verified_exactly_as_it_was_typed()
    {
        var password = string.Concat(Enumerable.Range(0, 64).Select(i => (char)('a' + i * 7 % 26)));
        Passwords.WhyNot(password, "asha", withSecondFactor: false, Own).ShouldBeNull();
        var hash = hashes.Hash(password);
        hashes.Matches(hash, password).ShouldBeTrue();
        foreach (var other in new[] { password.ToUpperInvariant(), password + " ", " " + password, password[..63] }) hashes.Matches(hash, other).ShouldBeFalse();
    }

    [Fact]
    public void A_password_of_more_than_128_characters_is_refused() =>
        Passwords.WhyNot(string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + i % 26))), "asha", withSecondFactor: true, Own)!.Code.ShouldBe("sign-in.password-too-long");

    [Fact]
    public void Passwords_are_hashed_by_PBKDF2_with_SHA512_at_210000_rounds()
    {
        var header = Convert.FromBase64String(hashes.Hash("correct donkey lamp")).AsSpan();

        // Identity's format 3: marker, PRF (2 is HMAC-SHA512), rounds; big endian.
        header[0].ShouldBe((byte)1);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header[1..]).ShouldBe(2u);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header[5..]).ShouldBeGreaterThanOrEqualTo(210_000u);
    }

    [Fact]
    public void A_name_that_nobody_has_costs_work_like_any_other()
    {
        var hash = hashes.Hash("a password that somebody has");

        // Without the work it would be a thousandth; a tenth leaves room for a busy machine.
        Time(null).ShouldBeGreaterThan(Time(hash) / 10);

        TimeSpan Time(string? hash) => Enumerable.Range(0, 3).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            hashes.Matches(hash, "not the password at all").ShouldBeFalse();
            return watch.Elapsed;
        });
    }

    [GeneratedRegex("<TextField [^>]*>")]
    private static partial Regex TextFields();
}
