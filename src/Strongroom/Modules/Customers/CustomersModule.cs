using Microsoft.AspNetCore.Mvc;
using Strongroom.Data;
using Strongroom.Modules.Customers.Consents;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Modules.Customers.Verifying;
using Strongroom.Web;
using Strongroom.Web.Lists;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Customers;

internal static class CustomersModule
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddScoped<RegisterPerson>().AddScoped<EditPerson>().AddScoped<AddChannel>().AddScoped<RemoveChannel>()
        .AddScoped<RecordDueDiligence>().AddScoped<TakePicture>().AddScoped<ShowPicture>().AddScoped<ReadPeople>().AddScoped<FindPeople>().AddScoped<ComparePeople>().AddScoped<InviteOnline>().AddScoped<ConfirmPasskey>()
        .AddScoped<AddSignatory>().AddScoped<EndSignatory>().AddScoped<SendChannelCode>().AddScoped<CheckChannelCode>().AddScoped<ReadChannel>().AddScoped<AskOwnAddress>().AddScoped<ChooseLanguage>().AddScoped<SayConsent>()
        .AddDownload<PeopleDownload>(PeopleDownload.Path, CustomersRights.Read, "Customers", names: true)
        .AddScoped<SetCodeWord>()
        .AddSingleton(new NavigationEntry(Face.Account, "My addresses", "/account/addresses", CustomersRights.Account, 20))
        .AddSingleton(new NavigationEntry(Face.Account, "Code word", "/account/code-word", CustomersRights.Account, 40))
        .AddSingleton(new NavigationEntry(Face.Desk, "People", "/desk/people", CustomersRights.Read, 40))
        .AddOnlyOne("person", ["cif"], () => new CifTaken { Field = nameof(NewPerson.Cif) })
        .AddOnlyOne("channel", ["person", "kind", "blind"], () => new ChannelAlreadyThere { Field = nameof(AddChannelRequest.Address) })
        .AddOnlyOne("signatory", ["organisation", "person"], () => new SignatoryAlreadyThere { Field = nameof(AddSignatoryRequest.Person) })
        .AddOnlyOne("channel_check", ["channel"], () => new CodeJustSent())
        .AddOnlyOne("consent", ["person", "purpose"], () => new ConsentIsSo());

    public static IEndpointRouteBuilder MapCustomers(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/people").WithTags("Customers").RequireAuthorization(CustomersRights.Read);
        people.MapGet("/", async (ReadPeople read, string? search, string? sort, int? page, CancellationToken cancel) =>
        {
            var list = ListQuery.From(sort, page);
            return TypedResults.Ok(await read.Search(search, list.SortKey, list.Descending, list.Skip(ReadPeople.PageSize), cancel));
        }).WithName("SearchPeople");
        // A question by POST: an e-mail address or a telephone number in an address would stand in every log on the way.
        people.MapPost("/reached-at", async (ReachedAtRequest request, ReadPeople read, CancellationToken cancel) =>
            TypedResults.Ok(await read.ReachedAt(request.Address, cancel) ?? [])).WithName("FindPeopleReachedAt");
        people.MapGet("/{id}", async (PersonId id, ReadPeople read, HttpContext http, CancellationToken cancel) =>
        {
            var found = await read.One(id, cancel);
            return found.AnswerFound(http, "person", found?.Facts.Version);
        }).WithName("ReadPerson");

        var keep = routes.MapGroup("/people").WithTags("Customers").RequireAuthorization(CustomersRights.Write);
        keep.MapPost("/", async (NewPerson request, RegisterPerson register, HttpContext http, CancellationToken cancel) =>
            (await register.Handle(request, cancel)).AnswerCreated(http, person => $"/api/v1/people/{person.Id}")).OpenToClients(Scopes.CustomersRegister).WithName("RegisterPerson");
        routes.MapPut("/account/code-word", async (SetCodeWordRequest request, SetCodeWord slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).WithTags("Account").RequireAuthorization(CustomersRights.Account).WithName("SetCodeWord");
        keep.MapPut("/{id}", async (PersonId id, EditPersonRequest request, EditPerson edit, HttpContext http, CancellationToken cancel) =>
            (await edit.Handle(id, request, cancel)).Answer(http)).WithName("EditPerson");
        keep.MapPost("/{id}/channels", async (PersonId id, AddChannelRequest request, AddChannel add, HttpContext http, CancellationToken cancel) =>
            (await add.Handle(id, request, cancel)).Answer(http)).WithName("AddChannel");
        keep.MapDelete("/{id}/channels/{channel}", async (PersonId id, ChannelId channel, RemoveChannel remove, HttpContext http, CancellationToken cancel) =>
            (await remove.Handle(id, channel, cancel)).Answer(http)).WithName("RemoveChannel");
        keep.MapPost("/{id}/due-diligence", async (PersonId id, RecordDueDiligenceRequest request, RecordDueDiligence record, HttpContext http, CancellationToken cancel) =>
            (await record.Handle(id, request, cancel)).Answer(http)).WithName("RecordDueDiligence");
        routes.MapPost("/people/{id}/online-access", async (PersonId id, InviteOnlineRequest request, InviteOnline invite, HttpContext http, CancellationToken cancel) =>
            (await invite.Handle(id, request, cancel)).Answer(http)).WithTags("Customers").RequireAuthorization(CustomersRights.Invite).WithName("InviteOnline");
        routes.MapPost("/people/{id}/online-access/start-over", async (PersonId id, StartOnlineOverRequest request, InviteOnline invite, HttpContext http, CancellationToken cancel) =>
            (await invite.StartOver(id, request, cancel)).Answer(http)).WithTags("Customers").RequireAuthorization(CustomersRights.Invite).WithName("StartOnlineOver");
        routes.MapPost("/people/{id}/passkey-confirmation", async (PersonId id, ConfirmPasskeyRequest request, ConfirmPasskey confirm, HttpContext http, CancellationToken cancel) =>
            (await confirm.Handle(id, request, cancel)).Answer(http)).WithTags("Customers").RequireAuthorization(CustomersRights.Invite).WithName("ConfirmPasskey");
        keep.MapPost("/{id}/signatories", async (PersonId id, AddSignatoryRequest request, AddSignatory add, HttpContext http, CancellationToken cancel) =>
            (await add.Handle(id, request, cancel)).Answer(http)).WithName("AddSignatory");
        keep.MapPost("/{id}/signatories/{signatory}/end", async (PersonId id, SignatoryId signatory, EndSignatory end, HttpContext http, CancellationToken cancel) =>
            (await end.Handle(id, signatory, cancel)).Answer(http)).WithName("EndSignatory");
        // A body that is no JSON: the picture itself, so that key and version stay in their headers.
        foreach (var kind in Enum.GetValues<PictureKind>())
        {
            keep.MapPost($"/{{id}}/{kind.ToString().ToLowerInvariant()}", async (PersonId id, DateOnly takenOn, HttpContext http, TakePicture take, CancellationToken cancel) =>
                (await take.Handle(id, kind, await http.Request.ReadAtMost(Picture.MaxBytes + 1, cancel), takenOn, cancel)).Answer(http))
                .Accepts<IFormFile>("image/jpeg", "image/png").WithMetadata(new RequestSizeLimitAttribute(Picture.MaxBytes + Uploads.Beside)).WithName($"Take{kind}");
        }

        // By an officer, or by the person whose addresses and consents they are: the slice asks which.
        var own = routes.MapGroup("/people").WithTags("Customers").RequireAuthorization(RightPolicies.SignedIn);
        own.MapPost("/{id}/own-addresses", async (PersonId id, AskOwnAddressRequest request, AskOwnAddress ask, HttpContext http, CancellationToken cancel) =>
            (await ask.Handle(id, request, cancel)).Answer(http)).WithName("AskOwnAddress");
        own.MapPost("/{id}/language", async (PersonId id, ChooseLanguageRequest request, ChooseLanguage choose, HttpContext http, CancellationToken cancel) =>
            (await choose.Handle(id, request, cancel)).Answer(http)).WithName("ChooseLanguage");
        own.MapPost("/{id}/channels/{channel}/code", async (PersonId id, ChannelId channel, SendChannelCode send, HttpContext http, CancellationToken cancel) =>
            (await send.Handle(id, channel, cancel)).Answer(http)).WithName("SendChannelCode");
        own.MapPost("/{id}/channels/{channel}/verify", async (PersonId id, ChannelId channel, CheckChannelCodeRequest request, CheckChannelCode check, HttpContext http, CancellationToken cancel) =>
            (await check.Handle(id, channel, request, cancel)).Answer(http)).WithName("VerifyChannel");
        own.MapPost("/{id}/consents", async (PersonId id, SayConsentRequest request, SayConsent say, HttpContext http, CancellationToken cancel) =>
            (await say.Handle(id, request, cancel)).Answer(http)).WithName("SayConsent");
        return routes;
    }

    /// <summary>Beside the API: a picture is what an img asks for.</summary>
    public static void MapPictures(this IEndpointRouteBuilder routes) => ShowPicture.Map(routes);
}
