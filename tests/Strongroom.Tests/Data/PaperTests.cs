using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Strongroom.Data.Printing;

namespace Strongroom.Tests.Data;

public sealed class PaperTests
{
    private static readonly DateTime Made = new(2026, 3, 2, 9, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void A_paper_in_two_scripts_is_one_sheet_with_its_fonts_in_it()
    {
        var pdf = new Paper("Visit slip", Made).Head("Bank of Kaveri", "Visit slip").Foot("MG Road")
            .Address(["Asha Rao", "12 Temple Street", "Bengaluru 560001"])
            .Title("आपका लॉकर A-12 खोला गया")
            .Text("प्रिय श्रीमती आशा राव,\n\nआपका लॉकर A-12 2 मार्च 2026 को 15:00 बजे खोला गया। यदि यह सही है, तो आपको कुछ नहीं करना है।\n\nRent is ₹ 2,000 a year.")
            .Facts(("Locker", "A-12"), ("खोलने वाला", "क्षितिज शर्मा"))
            .Rows(["No.", "Name"], [1, 4], [["1", "Asha"], ["2", "विद्या"]])
            .Code("https://bank.example/complaint/abc", "Scan this to complain.")
            .Signatures("Hirer", "Officer").ToPdf();

        Encoding.Latin1.GetString(pdf).ShouldStartWith("%PDF-");
        Sheets(pdf).ShouldBe(1);
        pdf.Length.ShouldBeLessThan(400_000);
        if (Environment.GetEnvironmentVariable("STRONGROOM_SCREENSHOTS") is { } folder) File.WriteAllBytes(Path.Combine(folder, "paper.pdf"), pdf);
    }

    [Fact]
    public void A_long_table_goes_on_over_as_many_sheets_as_it_needs()
    {
        var pdf = new Paper("Register", Made).Rows(["No.", "Name"], [1, 4], Enumerable.Range(1, 200).Select(number => (IReadOnlyList<string>)[$"{number}", "Asha Rao"])).ToPdf();

        Sheets(pdf).ShouldBeInRange(4, 8);
    }

    [Fact]
    public void A_register_lies_on_broad_sheets_and_shows_what_was_corrected()
    {
        PaperRow Row(int number) => number % 9 == 0
            ? new([new($"{number}"), new("Asha Rao", "Usha Rao"), new("11:05")], "Corrected on 3 March 2026 by Ravi Kulkarni and Meera Iyer: who came is Usha Rao, not Asha Rao.")
            : new([new($"{number}"), new("क्षितिज शर्मा"), new("11:05")]);
        var plain = new Paper("Register", Made).Landscape().Head("Bank of Kaveri, MG Road (001)", "Visit register").Foot("Printed by Meera Iyer", "Page {0} of {1}").Title("Visit register")
            .Rows(["No.", "Operated by", "In"], [1, 4, 1], Enumerable.Range(1, 60).Select(Row)).ToPdf();

        Encoding.Latin1.GetString(plain).ShouldContain("MediaBox [0 0 842 595]");
        Sheets(plain).ShouldBeInRange(3, 6);
    }

    [Fact]
    public void The_same_words_and_date_give_the_same_file() => Letter().ShouldBe(Letter());

    [Fact]
    public void Signs_of_Devanagari_join()
    {
        using var type = new Typesetter();

        // k + virama + ssa is one glyph, narrower than the two letters.
        type.Width("क्ष", Style.Body).ShouldBeLessThan(type.Width("क", Style.Body) + type.Width("ष", Style.Body));
    }

    [Fact]
    public void No_line_is_wider_than_its_room_and_no_word_is_lost()
    {
        string[] known = ["locker", "खोला", "गया।", "a", "₹", "श्रीमती", new string('x', 90), "विद्यालय,", "A-12"];
        Gen.Int[0, known.Length - 1].Array[0, 40].Select(all => string.Join(' ', all.Select(at => known[at]))).Sample(text =>
        {
            using var type = new Typesetter();
            var lines = type.Lines(text, Style.Body, 180);
            lines.ShouldAllBe(line => type.Width(line, Style.Body) <= 180.5f);
            string.Concat(lines).Replace(" ", "", StringComparison.Ordinal).ShouldBe(text.Replace(" ", "", StringComparison.Ordinal));
        }, iter: 40);
    }

    private static byte[] Letter() => new Paper("Letter", Made).Title("Dear").Text("नमस्ते").ToPdf();

    private static int Sheets(byte[] pdf) => Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type /Page\b");
}
