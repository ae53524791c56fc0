using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Agreements.Nominations;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Web;

namespace Strongroom.Modules.Agreements;

internal static class AgreementsModule
{
    public static IServiceCollection AddAgreements(this IServiceCollection services) => services
        .AddScoped<MakeAgreement>().AddScoped<EndAgreement>().AddScoped<UpdatePapers>().AddScoped<PlaceHold>().AddScoped<LiftHold>().AddApprovedAtOnce<ApprovedLifting, LiftingToApprove>().AddScoped<ConfirmHold>()
        .AddScoped<FreezeLocker>().AddScoped<UnfreezeLocker>().AddScoped<UnfreezeAtCounter>().AddScoped<ReadAgreements>()
        .AddScoped<AppointAgent>().AddScoped<EndAgent>().AddScoped<Nominate>().AddScoped<AcknowledgeNomination>().AddScoped<AddDocument>().AddScoped<ShowDocument>().AddScoped<ReadOwnDocuments>()
        .AddSingleton(new NavigationEntry(Face.Account, "My documents", "/account/documents", AgreementsRights.AccountRead, 15))
        .AddScoped<MarkDead>().AddApprovedAtOnce<ApprovedDeath, DeathToApprove>().AddScoped<ReverseDeath>().AddApprovedAtOnce<ApprovedReversal, ReversalToApprove>().AddScoped<IClosedSignIn, ClosedByDeath>()
        .AddPolicy<AgreementPolicy>()
        .AddScoped<IWhoseLocker, WhoseLocker>()
        .AddScoped<IRoleSource, AccountHolderRoles>()
        .AddOnlyOne("agreement", ["locker"], () => new LockerTaken { Field = nameof(MakeAgreementRequest.Locker) })
        .AddOnlyOne("agreement", ["branch", "number"], () => new NumberTaken { Field = nameof(MakeAgreementRequest.Number) })
        .AddOnlyOne("agent", ["agreement", "person"], () => new AgentAlreadyThere { Field = nameof(AppointAgentRequest.Person) })
        .AddOnlyOne("nomination", ["agreement"], () => new ChangedMeanwhile());

    public static IEndpointRouteBuilder MapAgreements(this IEndpointRouteBuilder routes)
    {
        var agreements = routes.MapGroup("/agreements").WithTags("Agreements");
        agreements.MapGet("/{id}", async (AgreementId id, ReadAgreements read, HttpContext http, CancellationToken cancel) =>
        {
            var found = await read.One(id, cancel);
            return found.AnswerFound(http, "agreement", found?.Facts.Version);
        }).RequireAuthorization(AgreementsRights.Read).WithName("ReadAgreement");

        agreements.MapGet("/", async ([Required, StringLength(20)] string branch, [Required, StringLength(30)] string number, ReadAgreements read, HttpContext http, CancellationToken cancel) =>
            (await read.ByNumber(branch, number, cancel)).AnswerFound(http, "agreement")).RequireAuthorization(AgreementsRights.Hold).OpenToClients(Scopes.HoldsPlace).WithName("FindAgreement");
        routes.MapGet("/vacancies", async ([StringLength(20)] string? branch, SizeClass? size, ReadAgreements read, CancellationToken cancel) =>
            TypedResults.Ok(await read.Vacancies(branch, size, cancel))).WithTags("Agreements").RequireAuthorization(AgreementsRights.Vacancies).OpenToClients(Scopes.LockersRead).WithName("ListVacancies");

        var write = agreements.MapGroup("").RequireAuthorization(AgreementsRights.Write);
        write.MapPost("/", async (MakeAgreementRequest request, MakeAgreement make, HttpContext http, CancellationToken cancel) =>
            (await make.Handle(request, cancel)).AnswerCreated(http, made => $"/api/v1/agreements/{made.Id}")).WithName("MakeAgreement");
        write.MapPut("/{id}/papers", async (AgreementId id, UpdatePapersRequest request, UpdatePapers update, HttpContext http, CancellationToken cancel) =>
            (await update.Handle(id, request, cancel)).Answer(http)).WithName("UpdatePapers");
        write.MapPost("/{id}/end", async (AgreementId id, EndAgreementRequest request, EndAgreement end, HttpContext http, CancellationToken cancel) =>
            (await end.Handle(id, request, cancel)).Answer(http)).WithName("EndAgreement");
        write.MapPost("/{id}/agents", async (AgreementId id, AppointAgentRequest request, AppointAgent appoint, HttpContext http, CancellationToken cancel) =>
            (await appoint.Handle(id, request, cancel)).Answer(http)).WithName("AppointAgent");
        write.MapPost("/{id}/agents/{agent}/end", async (AgreementId id, AgentId agent, EndAgentRequest request, EndAgent end, HttpContext http, CancellationToken cancel) =>
            (await end.Handle(id, agent, request, cancel)).Answer(http)).WithName("EndAgent");
        write.MapPost("/{id}/nominations", async (AgreementId id, NominateRequest request, Nominate nominate, HttpContext http, CancellationToken cancel) =>
            (await nominate.Handle(id, request, cancel)).Answer(http)).WithName("Nominate");
        write.MapPost("/{id}/nominations/{nomination}/acknowledge", async (AgreementId id, NominationId nomination, AcknowledgeNomination acknowledge, HttpContext http, CancellationToken cancel) =>
            (await acknowledge.Handle(id, nomination, cancel)).Answer(http)).WithName("AcknowledgeNomination");
        // No JSON but the scan itself, so that the key stays in its header.
        write.MapPost("/{id}/documents", async (AgreementId id, [EnumDataType(typeof(DocumentKind))] DocumentKind kind, HttpContext http, AddDocument add, CancellationToken cancel) =>
            (await add.Handle(id, kind, await http.Request.ReadAtMost(Scan.MaxBytes + 1, cancel), cancel)).Answer(http))
            .Accepts<IFormFile>("application/pdf", "image/jpeg", "image/png").WithMetadata(new RequestSizeLimitAttribute(Scan.MaxBytes + Uploads.Beside)).WithName("AddDocument");

        agreements.MapPost("/{id}/holds", async (AgreementId id, PlaceHoldRequest request, PlaceHold place, HttpContext http, CancellationToken cancel) =>
            (await place.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(AgreementsRights.Hold).OpenToClients(Scopes.HoldsPlace).WithName("PlaceHold");
        agreements.MapPost("/{id}/holds/{hold}/lift", async (AgreementId id, HoldId hold, LiftHoldRequest request, LiftHold lift, HttpContext http, CancellationToken cancel) =>
            (await lift.Handle(id, hold, request, cancel)).AnswerOrWait(http, lifted => lifted.Approval)).RequireAuthorization(AgreementsRights.Lift).WithName("LiftHold");
        agreements.MapPost("/{id}/holds/{hold}/confirm", async (AgreementId id, HoldId hold, ConfirmHoldRequest request, ConfirmHold confirm, HttpContext http, CancellationToken cancel) =>
            (await confirm.Handle(id, hold, request, cancel)).Answer(http)).RequireAuthorization(AgreementsRights.Hold).WithName("ConfirmHold");
        agreements.MapPost("/{id}/freeze", async (AgreementId id, FreezeLocker freeze, HttpContext http, CancellationToken cancel) =>
            (await freeze.Handle(id, cancel)).Answer(http)).RequireAuthorization(AgreementsRights.AccountFreeze).WithName("FreezeLocker");
        agreements.MapPost("/{id}/unfreeze/ask", async (AgreementId id, UnfreezeLocker unfreeze, HttpContext http, CancellationToken cancel) =>
            (await unfreeze.Ask(id, cancel)).Answer(http)).RequireAuthorization(AgreementsRights.AccountFreeze).WithName("AskToUnfreezeLocker");
        agreements.MapPost("/{id}/unfreeze", async (AgreementId id, UnfreezeRequest request, UnfreezeLocker unfreeze, HttpContext http, CancellationToken cancel) =>
            (await unfreeze.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(AgreementsRights.AccountFreeze).WithName("UnfreezeLocker");
        agreements.MapPost("/{id}/unfreeze/counter", async (AgreementId id, UnfreezeAtCounterRequest request, UnfreezeAtCounter unfreeze, HttpContext http, CancellationToken cancel) =>
            (await unfreeze.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(AgreementsRights.Unfreeze).WithName("UnfreezeAtCounter");

        var people = routes.MapGroup("/people/{id}/death").WithTags("People");
        people.MapPost("/", async (PersonId id, MarkDeadRequest request, MarkDead mark, HttpContext http, CancellationToken cancel) =>
            (await mark.Handle(id, request, cancel)).AnswerOrWait(http, asked => asked.Approval)).RequireAuthorization(AgreementsRights.Hold).WithName("MarkDead");
        people.MapPost("/reverse", async (PersonId id, ReverseDeathRequest request, ReverseDeath reverse, HttpContext http, CancellationToken cancel) =>
            (await reverse.Handle(id, request, cancel)).AnswerOrWait(http, asked => asked.Approval)).RequireAuthorization(AgreementsRights.Lift).WithName("ReverseDeath");
        return routes;
    }

    /// <summary>Beside the API: a scan is what a link opens.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder routes) => ShowDocument.Map(routes);
}
