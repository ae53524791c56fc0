using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Data;

public abstract class BlobsTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Stored = new("test.stored", "Stored");

    [Fact]
    public async Task The_same_picture_of_the_same_person_is_stored_once_and_of_another_person_matches_nothing()
    {
        var (asha, vikram) = (await bank.Person("Asha"), await bank.Person("Vikram"));
        var picture = "a picture of a cat"u8.ToArray();

        var first = await Put(asha, picture);
        var again = await Put(asha, picture);
        var others = await Put(vikram, picture);

        again.ShouldBe(first);
        others.ShouldNotBe(first);
        (await bank.Read(db => db.Set<Blob>().CountAsync(blob => blob.Owner == asha))).ShouldBe(1);
        var got = await Get(others);
        got!.Owner.ShouldBe(vikram);
        got.MediaType.ShouldBe("image/png");
        got.Bytes.ShouldBe(picture);
    }

    [Fact]
    public async Task What_is_stored_cannot_be_read_from_the_disk()
    {
        await Put(await bank.Person("Leela"), "canary-in-the-vault"u8.ToArray());

        (await bank.Read(db => ClearText.ColumnsWith(db, "canary-in-the-vault"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_erased_person_s_picture_is_gone_with_the_key()
    {
        var person = await bank.Person("Farhan");
        var id = await Put(person, "a face"u8.ToArray());
        await bank.Read(db => db.Set<PersonKey>().Where(key => key.Person == person).ExecuteDeleteAsync());

        (await Get(id)).ShouldBeNull();
    }

    [Fact]
    public async Task In_a_folder_the_bytes_lie_sealed_and_the_database_has_only_their_row()
    {
        var folder = Directory.CreateTempSubdirectory("strongroom-blobs-").FullName;
        try
        {
            var inFolder = new Blobs(bank.App.Services.GetRequiredService<Settings>() with { BlobsFolder = folder });
            var id = await Put(await bank.Person("Sunita"), "canary-in-the-folder"u8.ToArray(), inFolder);

            (await Get(id, inFolder))!.Bytes.ShouldBe("canary-in-the-folder"u8.ToArray());
            (await bank.Read(db => db.Set<Blob>().SingleAsync(blob => blob.Id == id))).Content.ShouldBeNull();
            var file = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
            File.ReadAllBytes(file).AsSpan().IndexOf("canary"u8).ShouldBe(-1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Of_two_who_store_the_same_picture_at_once_the_second_is_told_to_look_again()
    {
        var person = await bank.Person("Rohan");
        var id = await Put(person, "taken twice"u8.ToArray());

        await bank.In(services => services.GetRequiredService<Write>().Do<Done>("test.store", new { id }, act =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            db.Add(new Blob { Id = id, Owner = person, MediaType = "image/png", Length = 1, StoredAt = act.Now, Content = null });
            db.Append(act, new Event(Stored).About(person));
            return Task.FromResult<Outcome<Done>>(Done.It);
        }, default)).RefusedWith(409, "changed-meanwhile");
    }

    private Task<string> Put(PersonId owner, byte[] content, Blobs? blobs = null) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = bank.Act(services);
        var id = await (blobs ?? services.GetRequiredService<Blobs>()).Put(db, act, owner, "image/png", content, default);
        db.Append(act, new Event(Stored).About(owner));
        await db.SaveChangesAsync();
        return id;
    });

    private Task<BlobContent?> Get(string id, Blobs? blobs = null) => bank.In(services =>
        (blobs ?? services.GetRequiredService<Blobs>()).Get(services.GetRequiredService<StrongroomDb>(), services.GetRequiredService<Seals>(), id, default));
}

public sealed class Blobs_on_sqlite(TwoBranches<Sqlite> bank) : BlobsTests<Sqlite>(bank);

public sealed class Blobs_on_postgres(TwoBranches<Postgres> bank) : BlobsTests<Postgres>(bank);
