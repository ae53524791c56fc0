using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Delivery;

/// <summary>Names and words of people go into mails; none of them becomes a header, a recipient or a command, seen from a real mail server.</summary>
public sealed class MailInjectionTests(MailWorld<Sqlite> bank) : IClassFixture<MailWorld<Sqlite>>
{
    [Fact]
    public async Task A_line_break_in_a_subject_or_a_text_adds_no_header_no_recipient_and_no_second_mail()
    {
        await bank.ServerIsUp();
        var id = await bank.Queue("asha@example.in", subject: "Dear Asha\r\nBcc: thief@example.in\r\nX-Made-Up: yes",
            body: "Dear Asha\r\n.\r\nMAIL FROM:<lockers@bank.example>\r\nRCPT TO:<thief@example.in>\r\nDATA\r\nSubject: come here\r\n\r\nnow\r\n.\r\n");

        await bank.Relay();

        (await bank.Message(id)).State.ShouldBe(MessageState.Accepted);
        bank.MailFor("thief@example.in").ShouldBeEmpty();
        var mail = bank.MailFor("asha@example.in").ShouldHaveSingleItem();
        mail.To.Count.ShouldBe(1);
        mail.Bcc.ShouldBeEmpty();
        mail.Headers.Contains("X-Made-Up").ShouldBeFalse();
        mail.TextBody!.ShouldContain("RCPT TO:<thief@example.in>", customMessage: "all of it is text");
    }

    [Theory]
    [InlineData("asha@example.in\r\nRCPT TO:<thief@example.in>")]
    [InlineData("asha@example.in>\r\nBcc: thief@example.in")]
    [InlineData("asha@example.in, thief@example.in")]
    [InlineData("Asha <asha@example.in>")]
    [InlineData("\"asha\r\n\"@example.in")]
    public void An_address_is_one_mailbox_on_one_line(string typed) =>
        ChannelAddress.Parse(ChannelKind.Email, typed, "IN").Refusal!.Code.ShouldBe("customers.email-not-understood");

    [Fact]
    public void What_stands_around_an_address_is_left_out() => ChannelAddress.Parse(ChannelKind.Email, " asha@Example.IN\r\n", "IN").Value!.Normalised.ShouldBe("asha@example.in");
}
