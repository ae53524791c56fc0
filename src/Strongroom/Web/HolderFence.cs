using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web;

/// <summary>Puts up the database's own fence (<see cref="Fence"/>) around the request of a signed-in person who does not work for the bank.</summary>
internal static class HolderFence
{
    // After the forms have been read: a caller who sends slowly holds no connection meanwhile.
    public static void UseHolderFence(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<Settings>().IsPostgres) return;
        app.Use(async (http, next) =>
        {
            // Streams live for minutes and read in scopes of their own.
            if (HolderOf(http.RequestServices.GetRequiredService<CurrentActor>().Now) is not { } holder || http.GetEndpoint()?.Metadata.GetMetadata<AsksByItself>() is not null)
            {
                await next(http);
                return;
            }
            await using var fence = await Fence.Of(http.RequestServices.GetRequiredService<StrongroomDb>(), holder, http.RequestAborted);
            // A page that was given up may still be reading.
            await using var reading = http.RequestServices.GetRequiredService<ReadingTurn>();
            await next(http);
        });
    }

    internal static PersonId? HolderOf(Actor actor) => actor.Grants.Any(grant => grant.IsOfTheBank()) ? null : actor.Person;
}
