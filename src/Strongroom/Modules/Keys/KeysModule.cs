using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Losses;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Keys;

/// <summary>Guard keys with their custody ledger, and hirers' keys.</summary>
internal static class KeysModule
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddScoped<ReadKeys>().AddScoped<RegisterGuardKey>().AddScoped<RegisterHirerKey>().AddScoped<NoteEmbossing>().AddScoped<HandOverKey>()
        .AddPolicy<KeyPolicy>()
        .AddScoped<ReportLostKey>().AddScoped<AskToReplaceLock>().AddScoped<ReplaceLock>().AddScoped<ReadKeyLosses>().AddScoped<LossConcerns>()
        .AddApproved<ApprovedLock, LockToReplace>()
        .AddOnlyOne("key_loss", ["locker"], () => new LostAlready())
        .AddScoped<DrawKeyCheck>().AddScoped<RecordKeyCheck>()
        .AddOnlyOne("key_check", ["branch"], () => new CheckWaits())
        .AddScoped<ReadEnvelopes>().AddScoped<DepositEnvelope>().AddScoped<TakeOutEnvelope>()
        .AddOnlyOne("key", ["branch", "kind", "number"], () => new KeyNumberTaken { Field = "number" })
        .AddOnlyOne("custody", ["key"], () => new ChangedMeanwhile())
        .AddRegister<KeyRegister>(KeyRegister.Path, KeysRights.Read, "keys", "Key register", ofDays: false)
        .AddRegister<CustodyLedger>(CustodyLedger.Path, KeysRights.Read, "custody", "Custody ledger")
        .AddDownload<CustodyDownload>(CustodyDownload.Path, KeysRights.Read, "Hand-overs of keys", names: true).AddDownload<HirerKeysDownload>(HirerKeysDownload.Path, KeysRights.Read, "Hirers’ keys", names: false)
        .AddOnlyOne("envelope", ["key"], () => new DuplicateThere { Field = "key" })
        .AddOnlyOne("envelope", ["branch", "number"], () => new EnvelopeNumberTaken { Field = "number" })
        .AddSingleton(new NavigationEntry(Face.Desk, "Custody", "/desk/custody", KeysRights.Read, 30));

    public static IEndpointRouteBuilder MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("").WithTags("Keys").RequireAuthorization(KeysRights.Read);
        keys.MapGet("/branches/{id}/custody", async (BranchId id, int? page, ReadKeys read, HttpContext http, CancellationToken cancel) =>
            (await read.Custody(id, (Math.Clamp(page ?? 1, 1, 1_000_000) - 1) * ReadKeys.PageSize, cancel)).AnswerFound(http, "branch")).WithName("ReadCustody");
        keys.MapGet("/lockers/{id}/keys", async (LockerId id, ReadKeys read, HttpContext http, CancellationToken cancel) =>
            (await read.OfLocker(id, cancel)).AnswerFound(http, "locker")).WithName("ListHirerKeys");
        keys.MapPost("/keys/guard", async (RegisterGuardKeyRequest request, RegisterGuardKey slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).RequireAuthorization(KeysRights.Write).WithName("RegisterGuardKey");
        keys.MapPost("/keys/hirer", async (RegisterHirerKeyRequest request, RegisterHirerKey slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).RequireAuthorization(KeysRights.Write).WithName("RegisterHirerKey");
        keys.MapPut("/keys/{id}/embossing", async (KeyId id, NoteEmbossingRequest request, NoteEmbossing slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(KeysRights.Write).WithName("NoteEmbossing");
        keys.MapPost("/keys/hand-over/signatures", async (HandOverRequest request, HandOverKey slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(request, cancel)).Answer(http)).RequireAuthorization(KeysRights.HandOver).WithName("AskHandOver");
        keys.MapPost("/keys/hand-over", async (HandOverKeyRequest request, HandOverKey slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).RequireAuthorization(KeysRights.HandOver).WithName("HandOverKey");
        keys.MapGet("/branches/{id}/custody/ledger", async (BranchId id, int? page, ReadEnvelopes read, HttpContext http, CancellationToken cancel) =>
            (await read.Ledger(id, (Math.Clamp(page ?? 1, 1, 1_000_000) - 1) * ReadEnvelopes.PageSize, cancel) is { } found ? new LedgerPage(found.Way, found.Total) : null)
                .AnswerFound(http, "branch")).WithName("ReadCustodyLedger");
        MapEnvelopes(keys);
        MapLosses(keys);
        MapChecks(api);
        return api;
    }

    /// <summary>Whoever is drawn need not be one who reads the custody of keys: the slice asks.</summary>
    private static void MapChecks(IEndpointRouteBuilder api)
    {
        var checks = api.MapGroup("").WithTags("Keys").RequireAuthorization(RightPolicies.SignedIn);
        checks.MapPost("/branches/{id}/key-checks", async (BranchId id, DrawKeyCheck slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).RequireAuthorization(KeysRights.Check).WithName("DrawKeyCheck");
        checks.MapPost("/key-checks/{id}/signatures", async (KeyCheckId id, KeysSeen request, RecordKeyCheck slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(id, request, cancel)).Answer(http)).WithName("AskKeyCheck");
        checks.MapPost("/key-checks/{id}", async (KeyCheckId id, RecordKeyCheckRequest request, RecordKeyCheck slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("RecordKeyCheck");
    }

    private static void MapLosses(RouteGroupBuilder keys)
    {
        keys.MapPost("/keys/{id}/loss", async (KeyId id, ReportLostKeyRequest request, ReportLostKey slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(KeysRights.Write).WithName("ReportLostKey");
        keys.MapGet("/key-losses/{id}", async (KeyLossId id, ReadKeyLosses read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).AnswerFound(http, "loss")).WithName("ReadKeyLoss");
        keys.MapPost("/key-losses/{id}/approval", async (KeyLossId id, AskToReplaceLock slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).AnswerOrWait(http, asked => asked.Approval)).RequireAuthorization(KeysRights.Write).WithName("AskToReplaceLock");
        keys.MapPost("/key-losses/{id}/replacement/signature", async (KeyLossId id, NewLock request, ReplaceLock slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(id, request, cancel)).Answer(http)).RequireAuthorization(KeysRights.Write).WithName("AskReplaceLock");
        keys.MapPost("/key-losses/{id}/replacement", async (KeyLossId id, ReplaceLockRequest request, ReplaceLock slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(KeysRights.Write).WithName("ReplaceLock");
    }

    private static void MapEnvelopes(RouteGroupBuilder keys)
    {
        keys.MapGet("/branches/{id}/envelopes", async (BranchId id, ReadEnvelopes read, HttpContext http, CancellationToken cancel) =>
            (await read.Of(id, cancel)).AnswerFound(http, "branch")).WithName("ListEnvelopes");
        keys.MapPost("/envelopes/signatures", async (DepositRequest request, DepositEnvelope slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(request, cancel)).Answer(http)).RequireAuthorization(KeysRights.HandOver).WithName("AskDepositEnvelope");
        keys.MapPost("/envelopes", async (DepositEnvelopeRequest request, DepositEnvelope slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).RequireAuthorization(KeysRights.HandOver).WithName("DepositEnvelope");
        keys.MapPost("/envelopes/{id}/take-out/signatures", async (EnvelopeId id, TakeOutRequest request, TakeOutEnvelope slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(id, request, cancel)).Answer(http)).RequireAuthorization(KeysRights.HandOver).WithName("AskTakeOutEnvelope");
        keys.MapPost("/envelopes/{id}/take-out", async (EnvelopeId id, TakeOutEnvelopeRequest request, TakeOutEnvelope slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(KeysRights.HandOver).WithName("TakeOutEnvelope");
    }
}

public sealed record LedgerPage(IReadOnlyList<WayLine> Way, int Total);
