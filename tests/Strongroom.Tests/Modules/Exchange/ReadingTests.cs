using System.Text;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>What clerks write, and what a careful clerk reads in it. Today is 22 November 2026.</summary>
public sealed class ReadingTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("30/07/2018", "2018-07-30")]
    [InlineData("30-07-2018", "2018-07-30")]
    [InlineData("30.07.18", "2018-07-30")]
    [InlineData("5/4/2020", "2020-04-05")]
    [InlineData("2018-07-30", "2018-07-30")]
    [InlineData("2018/07/30", "2018-07-30")]
    [InlineData("20180730", "2018-07-30")]
    [InlineData("30-Jul-2018", "2018-07-30")]
    [InlineData("30 July 2018", "2018-07-30")]
    [InlineData("30th July, 2018", "2018-07-30")]
    [InlineData("1st sept 99", "1999-09-01")]
    [InlineData("July 30, 2018", "2018-07-30")]
    [InlineData("2018-07-30 00:00:00", "2018-07-30")]
    [InlineData("43311", "2018-07-30")]
    [InlineData("31.03.31", "2031-03-31")]
    [InlineData("31.03.32", "1932-03-31")]
    [InlineData("29/02/2024", "2024-02-29")]
    public void A_date_is_read_day_first_and_a_short_year_at_most_five_years_ahead(string text, string expected) =>
        DateReading.Date(text, Today).ShouldBe(DateOnly.ParseExact(expected, "yyyy-MM-dd"));

    [Theory]
    [InlineData("31-02-2019")]
    [InlineData("00-00-0000")]
    [InlineData("29/02/2023")]
    [InlineData("12/25/2020")]
    [InlineData("yesterday")]
    [InlineData("12-Foo-2020")]
    [InlineData("99999")]
    [InlineData("")]
    public void What_is_no_date_is_none(string text) => DateReading.Date(text, Today).ShouldBeNull();

    [Theory]
    [InlineData("11:05", "11:05:00")]
    [InlineData("9:05", "09:05:00")]
    [InlineData("11.05", "11:05:00")]
    [InlineData("1105", "11:05:00")]
    [InlineData("11:05 AM", "11:05:00")]
    [InlineData("1:05 p.m.", "13:05:00")]
    [InlineData("12:00 am", "00:00:00")]
    [InlineData("16:30:15", "16:30:15")]
    [InlineData("1630 hrs", "16:30:00")]
    public void A_time_is_read(string text, string expected) => DateReading.Time(text).ShouldBe(TimeOnly.ParseExact(expected, "HH:mm:ss"));

    [Theory]
    [InlineData("24:00")]
    [InlineData("11:60")]
    [InlineData("13:05 pm")]
    [InlineData("noon")]
    public void What_is_no_time_is_none(string text) => DateReading.Time(text).ShouldBeNull();

    [Theory]
    [InlineData("Jyoti Chavan / Lata Kulkarni", "Jyoti Chavan|Lata Kulkarni")]
    [InlineData("  Aarav Fernandes ", "Aarav Fernandes")]
    [InlineData("Smt. Neha Desai", "Neha Desai")]
    [InlineData("Mr.Rohan Mehta & Mrs Asha Mehta", "Rohan Mehta|Asha Mehta")]
    [InlineData("Dr. (Mrs.) Asha Rao", "(Mrs.) Asha Rao")]
    [InlineData("ANIL D'SOUZA", "Anil D'Souza")]
    [InlineData("varun rao-patel", "Varun Rao-Patel")]
    [InlineData("S.K. SHARMA and R K NAIR", "S.K. Sharma|R K Nair")]
    [InlineData("Asha Rao, Vikram Rao", "Asha Rao|Vikram Rao")]
    [InlineData("Rao, Asha", "Rao Asha")]
    [InlineData("Asha Rao W/o Vikram Rao", "Asha Rao")]
    [InlineData("Asha Rao W/o Vikram / Sunil Rao", "Asha Rao|Sunil Rao")]
    [InlineData("1. Asha Rao; 2. Sunil Rao", "Asha Rao|Sunil Rao")]
    [InlineData("Ananda McDonald", "Ananda McDonald")]
    [InlineData("", "")]
    [InlineData("N.A.", "")]
    [InlineData("---", "")]
    public void Names_lose_their_titles_and_get_their_case_back(string cell, string expected) =>
        string.Join('|', NameReading.Hirers(cell).Select(name => name.Name)).ShouldBe(expected);

    [Fact]
    public void The_name_as_written_is_kept_and_a_late_hirer_is_noticed()
    {
        var name = NameReading.Hirers("Late Shri RAMESH SHAH").ShouldHaveSingleItem();
        name.Name.ShouldBe("Ramesh Shah");
        name.AsWritten.ShouldBe("Late Shri RAMESH SHAH");
        name.Late.ShouldBeTrue();
        NameReading.One("Ramesh Shah (deceased)")!.Late.ShouldBeTrue();
        NameReading.One("Sharma Traders Pvt Ltd")!.Firm.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Single", Mandate.Single)]
    [InlineData("SELF", Mandate.Single)]
    [InlineData("Jointly", Mandate.Jointly)]
    [InlineData("JOINT", Mandate.Jointly)]
    [InlineData("E or S", Mandate.EitherOrSurvivor)]
    [InlineData("E/S", Mandate.EitherOrSurvivor)]
    [InlineData("either OR survivor", Mandate.EitherOrSurvivor)]
    [InlineData("F or S", Mandate.FormerOrSurvivor)]
    [InlineData("Former or Survivor", Mandate.FormerOrSurvivor)]
    [InlineData("Latter or survivor", Mandate.LatterOrSurvivor)]
    [InlineData("Any one / Survivor", Mandate.AnyoneOrSurvivor)]
    [InlineData("Anyone or Survivor", Mandate.AnyoneOrSurvivor)]
    public void A_mandate_is_read_however_it_is_written(string text, Mandate expected) => CellReading.MandateOf(text).ShouldBe(expected);

    [Fact]
    public void A_mandate_that_nobody_uses_is_not_guessed() => CellReading.MandateOf("as per letter").ShouldBeNull();

    [Theory]
    [InlineData("Rs. 1,300/-", 130_000)]
    [InlineData("Rs 1300", 130_000)]
    [InlineData("1,300", 130_000)]
    [InlineData("1300.00", 130_000)]
    [InlineData("₹ 1,23,456.50", 12_345_650)]
    [InlineData("INR 1300 only", 130_000)]
    [InlineData("Rs.1300/- p.a.", 130_000)]
    public void An_amount_is_exact(string text, long paise) => CellReading.MoneyOf(text).ShouldBe(new Money(paise));

    [Theory]
    [InlineData("free")]
    [InlineData("1300.555")]
    [InlineData("-5")]
    [InlineData("1300 + GST")]
    public void What_is_no_amount_is_none(string text) => CellReading.MoneyOf(text).ShouldBeNull();

    [Theory]
    [InlineData("4.50 x 5.12 x 20.37", "Size (H x W x D in)", 114.3, 130.048, 517.398)]
    [InlineData("7.44 X 16.69 X 19.37", "Size", 188.976, 423.926, 491.998)]
    [InlineData("114x130x517", "Size (mm)", 114, 130, 517)]
    [InlineData("130*114*517", "Dimensions (W x H x D mm)", 114, 130, 517)]
    [InlineData("11.4 x 13 x 51.7 cm", "Size", 114, 130, 517)]
    [InlineData("4.5\" x 5\" x 20\"", "Size", 114.3, 127, 508)]
    public void A_size_is_in_inches_unless_header_or_cell_say_otherwise(string text, string header, double height, double width, double depth)
    {
        var size = CellReading.SizeOf(text, CellReading.SizeFormOf(header)).ShouldNotBeNull();
        size.Height.ShouldBe(height, 0.001);
        size.Width.ShouldBe(width, 0.001);
        size.Depth.ShouldBe(depth, 0.001);
    }

    [Fact]
    public void A_size_that_cannot_be_read_is_none() => CellReading.SizeOf("?? x 5 x 20", SizeForm.Inches).ShouldBeNull();

    [Theory]
    [InlineData("103 deceased", RegisterRemark.Deceased)]
    [InlineData("hirer expired 2019", RegisterRemark.Deceased)]
    [InlineData("COURT ORDER - DO NOT OPERATE", RegisterRemark.CourtOrder)]
    [InlineData("attached by income tax", RegisterRemark.Attached)]
    public void A_remark_that_stops_the_hire_is_noticed(string text, RegisterRemark expected) => CellReading.RemarkOf(text).ShouldBe(expected);

    [Theory]
    [InlineData("Old Deccan Bank locker")]
    [InlineData("late fee waived")]
    public void Any_other_remark_stops_nothing(string text) => CellReading.RemarkOf(text).ShouldBeNull();

    [Fact]
    public void No_header_word_means_two_columns() => Headers.AmbiguousWords().ShouldBeEmpty();

    [Fact]
    public void Headers_of_other_banks_are_understood_and_an_unknown_one_is_named()
    {
        var header = Headers.Of(RegisterFile.Hirers, ["SOL ID", "Locker Number", "Cust ID", "Name of the Hirer", "Operating Instructions", "Contact No.", "Lucky number", "Rent"]);
        header.Missing.ShouldBeEmpty();
        header.Unknown.ShouldBe(["Lucky number"]);
        header.Places[Column.Mandate].ShouldBe(4);
        Headers.Of(RegisterFile.Lockers, ["Branch Code", "Status"]).Missing.ShouldBe([Column.Locker, Column.Type], ignoreOrder: true);
    }

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_stops_its_own_line()
    {
        var rows = await Rows("1,\"323, Market Yard\",x\n2,\"never closed,y\n3,ok,z\n4,\"two\nlines\",w\n\n5,4.5\" x 5\",v");
        rows.Select(row => row.Line).ShouldBe([2, 3, 4, 5, 8]);
        rows[0].Cells[1].ShouldBe("323, Market Yard");
        rows[1].Fault.ShouldNotBeNull();
        rows[2].Cells.ShouldBe(["3", "ok", "z"]);
        rows[3].Cells[1].ShouldBe("two\nlines");
        rows[4].Cells[1].ShouldBe("4.5\" x 5\"");
    }

    [Theory]
    [InlineData("a,b;c,d", ',')]
    [InlineData("a;b;c", ';')]
    [InlineData("a\tb", '\t')]
    [InlineData("\"a;b;c\",d", ',')]
    public void The_separator_is_the_headers(string header, char separator) => CsvRows.SeparatorOf(header).ShouldBe(separator);

    private static async Task<List<CsvRow>> Rows(string text)
    {
        List<CsvRow> rows = [];
        using var reader = new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        await foreach (var row in CsvRows.Read(new(reader), ',', 2, default)) rows.Add(row);
        return rows;
    }
}
