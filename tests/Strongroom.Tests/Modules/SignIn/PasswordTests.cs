using System.Diagnostics;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Tests.Modules.SignIn;

public sealed class PasswordTests
{
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
        (Passwords.WhyNot(password, "Vijayalakshmi.Subramaniam", withSecondFactor: false)?.Code).ShouldBe(refusal);

    [Theory]
    [InlineData("eldritch", null)]
    [InlineData("seven77", "sign-in.password-too-short")]
    [InlineData("password1", "sign-in.password-too-common")]
    [InlineData("sachin10!", "sign-in.password-too-common")]
    public void Beside_a_second_factor_eight_suffice(string password, string? refusal) =>
        (Passwords.WhyNot(password, "asha", withSecondFactor: true)?.Code).ShouldBe(refusal);

    [Fact]
    public void A_long_password_is_welcome_and_verified_exactly_as_it_was_typed()
    {
        var password = string.Concat(Enumerable.Range(0, 64).Select(i => (char)('a' + i * 7 % 26)));
        Passwords.WhyNot(password, "asha", withSecondFactor: false).ShouldBeNull();
        var hash = Passwords.Hash(password);
        Passwords.Matches(hash, password).ShouldBeTrue();
        foreach (var other in new[] { password.ToUpperInvariant(), password + " ", " " + password, password[..63] }) Passwords.Matches(hash, other).ShouldBeFalse();
    }

    [Fact]
    public void A_password_of_more_than_128_characters_is_refused() =>
        Passwords.WhyNot(string.Concat(Enumerable.Range(0, 129).Select(i => (char)('a' + i % 26))), "asha", withSecondFactor: true)!.Code.ShouldBe("sign-in.password-too-long");

    [Fact]
    public void Passwords_are_hashed_by_PBKDF2_with_SHA512_at_210000_rounds()
    {
        var header = Convert.FromBase64String(Passwords.Hash("correct donkey lamp")).AsSpan();

        // Identity's format 3: marker, PRF (2 is HMAC-SHA512), rounds; big endian.
        header[0].ShouldBe((byte)1);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header[1..]).ShouldBe(2u);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header[5..]).ShouldBeGreaterThanOrEqualTo(210_000u);
    }

    [Fact]
    public void A_name_that_nobody_has_costs_work_like_any_other()
    {
        var hash = Passwords.Hash("a password that somebody has");

        // Without the work it would be a thousandth; a tenth leaves room for a busy machine.
        Time(null).ShouldBeGreaterThan(Time(hash) / 10);

        static TimeSpan Time(string? hash) => Enumerable.Range(0, 3).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            Passwords.Matches(hash, "not the password at all").ShouldBeFalse();
            return watch.Elapsed;
        });
    }
}
