using MimeKit;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery;

/// <summary>A message as it goes over the wire.</summary>
internal static class Letter
{
    /// <summary>
    /// The same message has the same Message-Id at every attempt, so that a second copy, sent after a crash between the server's yes
    /// and our commit, is known for what it is.
    /// </summary>
    public static MimeMessage Of(Message message, PersonKeyInHand key, string from)
    {
        var sender = MailboxAddress.Parse(from);
        var mail = new MimeMessage
        {
            MessageId = $"{message.Id}@{sender.Domain}",
            Date = new DateTimeOffset(message.MadeAt),
            Subject = key.Open(DeliveryContract.SubjectColumn, message.Id.Value, message.Subject),
            Body = new TextPart("plain") { Text = key.Open(DeliveryContract.BodyColumn, message.Id.Value, message.Body) },
        };
        mail.From.Add(sender);
        mail.To.Add(new MailboxAddress(null, key.Open(DeliveryContract.AddressColumn, message.Id.Value, message.Address)));
        // RFC 3834: no out-of-office answers to a program.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    /// <summary>Servers like to repeat the address in their answer, and the answer is kept in the clear.</summary>
    public static string WithoutAddress(string answer, MimeMessage mail, string masked)
    {
        var address = ((MailboxAddress)mail.To[0]).Address;
        var local = address[..address.LastIndexOf('@')];
        var said = answer.Replace(address, masked, StringComparison.OrdinalIgnoreCase);
        return local.Length > 2 ? said.Replace(local, "…", StringComparison.OrdinalIgnoreCase) : said;
    }
}
