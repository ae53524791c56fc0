using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Exchange;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>A machine that offers one folder with an old register, beside others that it does not.</summary>
public sealed class OfferingWorld : OfficeWorld<Sqlite>
{
    public string Offered => Path.Combine(DataFolder, "registers");

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration["Strongroom:Imports:Folder"] = Offered;
    }

    protected override async Task Prepare()
    {
        await base.Prepare();
        foreach (var folder in new[] { Path.Combine(Offered, "7001"), Path.Combine(Offered, "7001", "inner"), Path.Combine(DataFolder, "secret") })
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "lockers.csv"), "Branch;Locker;Type\n7001;1;A\n");
        }
    }
}

public sealed class OfferedFolderTests(OfferingWorld bank) : IClassFixture<OfferingWorld>
{
    [Theory]
    [InlineData("../secret")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("7001/inner")]
    [InlineData("7001/../../secret")]
    [InlineData("7001/")]
    [InlineData("..\\secret")]
    [InlineData("%2e%2e/secret")]
    [InlineData("secret\0")]
    [InlineData("/etc")]
    public async Task Only_a_folder_of_the_list_is_read_however_it_is_asked_for(string name)
    {
        await bank.By(bank.Admin, (StartImport start) => start.FromFolder(name, default)).RefusedWith(422, "exchange.folder-not-offered");
        await bank.By(bank.Admin, (StartImport start) => start.FromFolder(Path.Combine(bank.DataFolder, "secret"), default)).RefusedWith(422, "exchange.folder-not-offered");
    }

    [Fact]
    public async Task The_folder_that_is_offered_is_read()
    {
        var started = await bank.By(bank.Admin, (StartImport start) => start.FromFolder("7001", default)).Fine();

        (await bank.Read(db => db.Set<Import>().Where(row => row.Id == started.Id).Select(row => row.Folder).SingleAsync())).ShouldBe(Path.Combine(bank.Offered, "7001"));
    }
}
