using MimeKit;
using PhoneNumbers;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers;

internal sealed record EmailNotUnderstood() : Refusal("customers.email-not-understood", 422, "This is not an e-mail address.", "Write it like name@example.com.");

/// <param name="Why">What is wrong with it, as the numbering plan of its country says.</param>
internal sealed record MobileNotUnderstood(string Why) : Refusal("customers.mobile-not-understood", 422, $"This is not a mobile number that exists: {Why}.", "Write it with its country code, like +91 98765 43210.");

/// <summary>An address in its one form, and the form that staff see.</summary>
internal sealed record ChannelAddress(ChannelKind Kind, string Normalised, string Masked)
{
    /// <summary>The name under which equal addresses are found, <see cref="Data.Sealing.Seals.Blind"/>.</summary>
    public string Purpose => PurposeOf(Kind);

    /// <param name="region">ISO country that a number without a country code is dialled in.</param>
    public static Outcome<ChannelAddress> Parse(ChannelKind kind, string text, string region) => kind switch
    {
        ChannelKind.Email => Email(text),
        ChannelKind.Mobile => Mobile(text, region),
    };

    public static string PurposeOf(ChannelKind kind) => kind switch { ChannelKind.Email => "email", ChannelKind.Mobile => "mobile" };

    // The part before the @ is the other server's business, so its case stays; a domain has none.
    private static Outcome<ChannelAddress> Email(string text)
    {
        if (!MailboxAddress.TryParse(text.Trim(), out var mailbox) || !string.IsNullOrEmpty(mailbox.Name)) return new EmailNotUnderstood();
        var at = mailbox.Address.LastIndexOf('@');
        if (at < 1 || mailbox.Address.Length > 254) return new EmailNotUnderstood();
        string local = mailbox.Address[..at], domain = mailbox.Address[(at + 1)..].ToLowerInvariant();
        if (!domain.Contains('.') || domain.StartsWith('[')) return new EmailNotUnderstood();
        return new ChannelAddress(ChannelKind.Email, $"{local}@{domain}", $"{local[0]}…@{domain}");
    }

    private static Outcome<ChannelAddress> Mobile(string text, string region)
    {
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(text, region);
            // North American numbers do not tell mobile from fixed.
            if (numbers.IsPossibleNumberWithReason(number) is not PhoneNumberUtil.ValidationResult.IS_POSSIBLE and var length) return new MobileNotUnderstood(Words(length));
            if (!numbers.IsValidNumber(number)) return new MobileNotUnderstood($"the country with the code +{number.CountryCode} has no such numbers");
            if (numbers.GetNumberType(number) is not (PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE)) return new MobileNotUnderstood("it is the number of a fixed line or a service");
            var dialled = numbers.Format(number, PhoneNumberFormat.E164);
            return new ChannelAddress(ChannelKind.Mobile, dialled, $"+{number.CountryCode}…{dialled[^4..]}");
        }
        catch (NumberParseException broken)
        {
            return new MobileNotUnderstood(broken.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE => "its country code is none",
                ErrorType.TOO_SHORT_AFTER_IDD or ErrorType.TOO_SHORT_NSN => "it is too short",
                ErrorType.TOO_LONG => "it is too long",
                _ => "it is no telephone number",
            });
        }
    }

    private static string Words(PhoneNumberUtil.ValidationResult length) => length switch
    {
        PhoneNumberUtil.ValidationResult.TOO_SHORT => "it is too short",
        PhoneNumberUtil.ValidationResult.TOO_LONG => "it is too long",
        PhoneNumberUtil.ValidationResult.INVALID_COUNTRY_CODE => "its country code is none",
        _ => "it has not as many digits as numbers of its country have",
    };
}
