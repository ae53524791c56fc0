using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Customers;

public sealed class NormalisingTests
{
    [Theory]
    [InlineData(1600, 1200, 800, 600)]
    [InlineData(600, 2400, 200, 800)]
    [InlineData(320, 200, 320, 200)]
    public void A_picture_is_kept_at_most_800_pixels_large_and_never_enlarged(int width, int height, int keptWidth, int keptHeight)
    {
        using var kept = SKBitmap.Decode(Normalise(Pictures.Draw(width, height)));

        (kept.Width, kept.Height).ShouldBe((keptWidth, keptHeight));
    }

    [Fact]
    public void What_the_camera_noted_is_gone_and_the_picture_stands_upright()
    {
        var upload = WithOrientation(RedAbove(400, 200), orientation: 6, note: "canary-place-and-time");

        var kept = Normalise(upload);

        kept.AsSpan().IndexOf("canary"u8).ShouldBe(-1);
        kept.AsSpan().IndexOf("Exif"u8).ShouldBe(-1);
        using var picture = SKBitmap.Decode(kept);
        (picture.Width, picture.Height).ShouldBe((200, 400));
        // Orientation 6: the camera's top is the right-hand side.
        picture.GetPixel(180, 200).Red.ShouldBeGreaterThan((byte)200);
        picture.GetPixel(20, 200).Red.ShouldBeLessThan((byte)50);
    }

    [Fact]
    public void What_is_too_large_or_no_photograph_is_refused_by_name()
    {
        Picture.Normalise(new byte[Picture.MaxBytes + 1]).Refusal.ShouldBe(new PictureTooLarge());
        Picture.Normalise("<svg onload=alert(1)>"u8.ToArray()).Refusal.ShouldBe(new NotAPicture());
        Picture.Normalise([]).Refusal.ShouldBe(new NotAPicture());
        Picture.Normalise([.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B]).Refusal.ShouldBe(new NotAPicture());
    }

    private static byte[] Normalise(byte[] upload)
    {
        Picture.Normalise(upload).Refused(out var refusal, out var kept).ShouldBeFalse(refusal?.Title);
        return kept!;
    }

    private static byte[] RedAbove(int width, int height)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        surface.Canvas.Clear(SKColors.Black);
        using var red = new SKPaint { Color = SKColors.Red };
        surface.Canvas.DrawRect(0, 0, width, height / 2f, red);
        using var image = surface.Snapshot();
        return image.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    // A camera's APP1 segment right after the start of the image: big-endian TIFF with one entry, the orientation, and a text after it.
    private static byte[] WithOrientation(byte[] jpeg, byte orientation, string note)
    {
        byte[] tiff = [.. "Exif\0\0MM\0*\0\0\0\x08"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(note)];
        return [jpeg[0], jpeg[1], 0xFF, 0xE1, (byte)((tiff.Length + 2) >> 8), (byte)(tiff.Length + 2), .. tiff, .. jpeg[2..]];
    }
}

public abstract class PhotographTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public async Task A_photograph_is_taken_sealed_and_shown_to_those_who_serve()
    {
        var person = await bank.Person("Asha Rao");
        await Take(person, Pictures.Small, Today, 1).Fine();

        var (status, headers, body) = await Show(bank.Custodian, person);

        status.ShouldBe(200);
        headers.ContentType.ToString().ShouldBe("image/jpeg");
        using var picture = SKBitmap.Decode(body);
        (picture.Width, picture.Height).ShouldBe((120, 160));
        (await bank.Read(db => db.Set<Person>().Where(row => row.Id == person).Select(row => row.PhotographTakenOn).SingleAsync())).ShouldBe(Today);
        (await bank.Timeline(person)).ShouldContain("customers.photograph-taken");
    }

    [Fact]
    public async Task It_is_shown_to_nobody_else_and_where_there_is_none_there_is_none()
    {
        var person = await bank.Person("Vikram Rao");

        (await Show(bank.Clerk, person)).Status.ShouldBe(404);
        await Take(person, Pictures.Small, Today, 1).Fine();
        (await Show(await bank.Officer("Guard", Strongroom.Modules.Staff.Contracts.Role.Security, bank.MgRoad), person)).Status.ShouldBe(404, "for whom it is not, there is none");
        (await Show(bank.Clerk, await bank.Read(_ => Task.FromResult(new PersonId(Guid.Empty))))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_photograph_that_cannot_be_is_refused_and_the_old_one_stays()
    {
        var person = await bank.Person("Leela Menon");
        await Take(person, Pictures.Small, Today.AddYears(-3), 1).Fine();

        (await Take(person, "no picture"u8.ToArray(), Today, 2).RefusedWith(422, "customers.not-a-picture")).Field.ShouldBe("Picture");
        await Take(person, new byte[Picture.MaxBytes + 1], Today, 2).RefusedWith(422, "customers.picture-too-large");
        await Take(person, Pictures.Small, Today.AddDays(2), 2).RefusedWith(422, "customers.picture-not-yet-taken");
        await Take(person, Pictures.Small, Today, null).RefusedWith(428, "version-missing");
        await Take(person, Pictures.Small, Today, 1).RefusedWith(412, "stale");

        (await Show(bank.Clerk, person)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_specimen_signature_is_kept_beside_the_photograph_and_for_the_same_eyes()
    {
        var person = await bank.Person("Asha Signs");
        await Take(person, Pictures.Draw(400, 160), Today, 1, PictureKind.Specimen).Fine();

        (await Show(bank.Custodian, person)).Status.ShouldBe(404, "it is no photograph");
        var (status, headers, body) = await Show(bank.Custodian, person, PictureKind.Specimen);
        status.ShouldBe(200);
        using var picture = SKBitmap.Decode(body);
        (picture.Width, picture.Height).ShouldBe((400, 160));
        (await Show(await bank.Officer("Guard Two", Strongroom.Modules.Staff.Contracts.Role.Security, bank.MgRoad), person, PictureKind.Specimen)).Status.ShouldBe(404);
        (await Take(person, "%PDF-1.7"u8.ToArray(), Today, 2, PictureKind.Specimen).RefusedWith(422, "customers.not-a-picture")).Field.ShouldBe("Picture");
        (await bank.Timeline(person)).ShouldContain("customers.specimen-taken");
    }

    private Task<Outcome<Done>> Take(PersonId person, byte[] upload, DateOnly on, long? version, PictureKind kind = PictureKind.Photograph) =>
        bank.By(bank.Clerk, (TakePicture take) => take.Handle(person, kind, upload, on, default), version);

    private Task<(int Status, IHeaderDictionary Headers, byte[] Body)> Show(Actor actor, PersonId person, PictureKind kind = PictureKind.Photograph) => bank.In(async services =>
    {
        var http = new DefaultHttpContext { RequestServices = services };
        using var body = new MemoryStream();
        http.Response.Body = body;
        var result = await services.GetRequiredService<ShowPicture>().Handle(person, kind, http, default);
        await result.ExecuteAsync(http);
        return (http.Response.StatusCode, http.Response.Headers, body.ToArray());
    }, actor);
}

public sealed class Photograph_on_sqlite(TwoBranches<Sqlite> bank) : PhotographTests<Sqlite>(bank);

public sealed class Photograph_on_postgres(TwoBranches<Postgres> bank) : PhotographTests<Postgres>(bank);
