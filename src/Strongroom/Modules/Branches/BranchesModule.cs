using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Branches;

/// <summary>Branches with their hours and holidays; vaults, cabinets, locker types, lockers and the lockers' condition.</summary>
internal static class BranchesModule
{
    public static IServiceCollection AddBranches(this IServiceCollection services) => services
        .AddScoped<ReadBranches>().AddScoped<OpenBranch>().AddScoped<EditBranch>().AddScoped<ConfirmBranch>().AddScoped<SetBranchPolicy>()
        .AddPolicy<InspectionPolicy>()
        .AddScoped<SetHours>().AddScoped<AddHoliday>().AddScoped<RemoveHoliday>().AddScoped<AddHoursException>().AddScoped<RemoveHoursException>().AddScoped<OpenOutOfHours>().AddScoped<ReadCalendarDays>()
        .AddScoped<ReadInspections>().AddScoped<RecordInspection>().AddScoped<RenumberLocker>()
        .AddScoped<AddVault>().AddScoped<EditVault>().AddScoped<AddCabinet>()
        .AddScoped<ReadLockers>().AddScoped<AddLockerType>().AddScoped<UseUsualTypes>().AddScoped<AddLockers>().AddScoped<SetCondition>().AddScoped<FoundVacant>()
        .AddOnlyOne("branch", ["code"], () => new BranchCodeTaken { Field = "code" })
        .AddOnlyOne("holiday", ["branch", "date"], () => new HolidayThere { Field = "date" })
        .AddOnlyOne("hours_exception", ["branch", "date"], () => new ExceptionThere { Field = "date" })
        .AddOnlyOne("vault", ["branch", "name"], () => new VaultNameTaken { Field = "name" })
        .AddOnlyOne("cabinet", ["vault", "name"], () => new CabinetNameTaken { Field = "name" })
        .AddOnlyOne("locker_type", ["code"], () => new TypeCodeTaken { Field = "code" })
        .AddOnlyOne("locker", ["branch", "number"], () => new LockerNumberTaken { Field = "firstNumber" })
        .AddOnlyOne("locker", ["cabinet", "row", "column"], () => new PlaceTaken { Field = "firstRow" })
        .AddDownload<BranchesDownload>(BranchesDownload.Path, BranchesRights.Read, "Branches", names: false)
        .AddSingleton(new NavigationEntry(Face.Office, "Branches", "/office/branches", BranchesRights.Write, 10))
        .AddSingleton(new NavigationEntry(Face.Office, "Locker types", "/office/locker-types", BranchesRights.Write, 15))
        .AddSingleton(new NavigationEntry(Face.Desk, "Inspections", "/desk/inspections", BranchesRights.Inspect, 70, "/desk/work"));

    public static IEndpointRouteBuilder MapBranches(this IEndpointRouteBuilder api)
    {
        MapOffices(api.MapGroup("/branches").WithTags("Branches").RequireAuthorization(BranchesRights.Read));
        MapVaults(api.MapGroup("/vaults").WithTags("Vaults").RequireAuthorization(BranchesRights.Read));
        MapLockers(api.MapGroup("").WithTags("Lockers").RequireAuthorization(BranchesRights.Read));
        return api;
    }

    private static void MapOffices(RouteGroupBuilder branches)
    {
        branches.MapGet("/", async (ReadBranches read, CancellationToken cancel) => TypedResults.Ok(await read.All(cancel))).WithName("ListBranches");
        branches.MapGet("/{id}", async (BranchId id, ReadBranches read, HttpContext http, CancellationToken cancel) =>
        {
            var found = await read.One(id, cancel);
            return found.AnswerFound(http, "branch", found?.Version);
        }).WithName("ReadBranch");
        branches.MapGet("/{id}/holidays", async (BranchId id, DateOnly from, ReadBranches read, HttpContext http, CancellationToken cancel) =>
            (await read.Holidays(id, from, cancel)).AnswerFound(http, "branch")).WithName("ListHolidays");

        branches.MapPost("/", async (BranchDetails request, OpenBranch slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).AnswerCreated(http, opened => $"/api/v1/branches/{opened.Id}"))
            .RequireAuthorization(BranchesRights.Write).WithName("OpenBranch");
        branches.MapPut("/{id}", async (BranchId id, BranchDetails request, EditBranch slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("EditBranch");
        branches.MapPost("/{id}/confirm", async (BranchId id, ConfirmBranchRequest request, ConfirmBranch slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("ConfirmBranch");
        branches.MapPut("/{id}/hours", async (BranchId id, SetHoursRequest request, SetHours slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("SetHours");
        branches.MapPost("/{id}/holidays", async (BranchId id, AddHolidayRequest request, AddHoliday slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("AddHoliday");
        branches.MapDelete("/{id}/holidays/{date}", async (BranchId id, DateOnly date, RemoveHoliday slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, date, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("RemoveHoliday");
        branches.MapGet("/{id}/calendar", async (BranchId id, DateOnly from, int? days, ReadCalendarDays read, HttpContext http, CancellationToken cancel) =>
            (await read.Of(id, from, days ?? 28, cancel)).AnswerFound(http, "branch")).WithName("ReadCalendar");
        branches.MapPost("/{id}/out-of-hours/signatures", async (BranchId id, OutOfHoursRequest request, OpenOutOfHours slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(id, request, cancel)).Answer(http)).RequireAuthorization(BranchesRights.AskOutOfHours).WithName("AskOutOfHours");
        branches.MapPost("/{id}/out-of-hours", async (BranchId id, OpenOutOfHoursRequest request, OpenOutOfHours slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(BranchesRights.AskOutOfHours).WithName("OpenOutOfHours");
        branches.MapPost("/{id}/exceptions", async (BranchId id, AddHoursExceptionRequest request, AddHoursException slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("AddHoursException");
        branches.MapDelete("/{id}/exceptions/{date}", async (BranchId id, DateOnly date, RemoveHoursException slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, date, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("RemoveHoursException");
        branches.MapGet("/{id}/inspections", async (BranchId id, ReadInspections read, HttpContext http, CancellationToken cancel) =>
            (await read.Of(id, cancel)).AnswerFound(http, "branch")).WithName("ListInspections");
        branches.MapPost("/{id}/policies/{kind}/versions", async (BranchId id, string kind, SetBranchPolicyRequest request, SetBranchPolicy slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, kind, request, cancel)).AnswerOrWait(http, set => set.Approval))
            .RequireAuthorization(PolicyBook.SetRight).WithName("SetBranchPolicy");
        branches.MapPost("/{id}/vaults", async (BranchId id, VaultDetails request, AddVault slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).AnswerCreated(http, added => $"/api/v1/vaults/{added.Id}"))
            .RequireAuthorization(BranchesRights.Write).WithName("AddVault");
    }

    private static void MapVaults(RouteGroupBuilder vaults)
    {
        vaults.MapGet("/{id}", async (VaultId id, ReadBranches read, HttpContext http, CancellationToken cancel) =>
        {
            var found = await read.Vault(id, cancel);
            return found.AnswerFound(http, "vault", found?.Version);
        }).WithName("ReadVault");
        vaults.MapGet("/{id}/lockers", async (VaultId id, ReadLockers read, HttpContext http, CancellationToken cancel) =>
            (await read.InVault(id, cancel)).AnswerFound(http, "vault")).WithName("ListLockers");
        vaults.MapPut("/{id}", async (VaultId id, VaultDetails request, EditVault slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("EditVault");
        vaults.MapPost("/{id}/inspections", async (VaultId id, RecordInspectionRequest request, RecordInspection slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Inspect).WithName("RecordInspection");
        vaults.MapPost("/{id}/cabinets", async (VaultId id, AddCabinetRequest request, AddCabinet slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("AddCabinet");
    }

    private static void MapLockers(RouteGroupBuilder lockers)
    {
        lockers.MapGet("/locker-types", async (ReadLockers read, CancellationToken cancel) => TypedResults.Ok(await read.Types(cancel))).WithName("ListLockerTypes");
        lockers.MapPost("/locker-types", async (AddLockerTypeRequest request, AddLockerType slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("AddLockerType");
        lockers.MapPost("/locker-types/usual", async (UseUsualTypes slice, HttpContext http, CancellationToken cancel) => (await slice.Handle(cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("UseUsualTypes");
        lockers.MapPost("/cabinets/{id}/lockers", async (CabinetId id, AddLockersRequest request, AddLockers slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("AddLockers");
        lockers.MapGet("/lockers/{id}", async (LockerId id, ReadLockers read, HttpContext http, CancellationToken cancel) =>
        {
            var found = await read.One(id, cancel);
            return found.AnswerFound(http, "locker", found?.Version);
        }).WithName("ReadLocker");
        lockers.MapPut("/lockers/{id}/condition", async (LockerId id, SetConditionRequest request, SetCondition slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Condition).WithName("SetCondition");
        lockers.MapPut("/lockers/{id}/number", async (LockerId id, RenumberLockerRequest request, RenumberLocker slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Write).WithName("RenumberLocker");
        lockers.MapPost("/lockers/{id}/found-vacant", async (LockerId id, FoundVacant slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http))
            .RequireAuthorization(BranchesRights.Condition).WithName("FoundVacant");
    }
}
