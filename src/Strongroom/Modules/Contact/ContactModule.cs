using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Contact;

internal static class ContactModule
{
    public static IServiceCollection AddContact(this IServiceCollection services) => services
        .AddListener<LockerOpened>(AlertHirers.On)
        .AddListener<SignInActivated>(TellOfActivation.On)
        .AddListener<MessageAccepted>(NoteTold.On)
        .AddJob<MarkObligationsPastDue>("0 0/5 * * * ?")
        .AddScoped<ReadObligations>()
        .AddDownload<ObligationsDownload>(ObligationsDownload.Path, ContactRights.Read)
        .AddSingleton(new NavigationEntry(Face.Desk, "Obligations", "/desk/obligations", ContactRights.Read, 70))
        .AddOnlyOne("obligation", ["agreement", "visit"], () => new ChangedMeanwhile());

    public static IEndpointRouteBuilder MapContact(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/obligations", async (ReadObligations read, CancellationToken cancel) => TypedResults.Ok(await read.Board(cancel)))
            .WithTags("Contact").RequireAuthorization(ContactRights.Read).WithName("ListObligations");
        return routes;
    }
}
