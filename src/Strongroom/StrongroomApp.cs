using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Clients;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Policies;
using Strongroom.Modules.SignIn;
using Strongroom.Modules.SignIn.Locking;
using Strongroom.Modules.SignIn.Provider;
using Strongroom.Modules.Staff;
using Strongroom.Web;
using Strongroom.Web.Approving;
using Strongroom.Web.Live;

namespace Strongroom;

/// <summary>Builds the server: for Program, for the Lab and for the tests, which replace the clock and the ids by <paramref name="configure"/>.</summary>
public static class StrongroomApp
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Named, because the Lab and the tests are other programs, and the pages' files are listed under the server's name.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(StrongroomApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.AddData(Settings.Of(builder.Configuration));
        builder.Services
            .AddAudit()
            .AddDelivery()
            .AddSignIn()
            .AddApprovals()
            .AddPolicies()
            .AddBranches()
            .AddCustomers()
            .AddStaff()
            .AddKeys()
            .AddAgreements()
            .AddAccess()
            .AddContact()
            .AddClients()
            .AddExchange();
        builder.AddWeb();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseWeb();
        var api = app.MapApi();
        api.MapDelivery();
        api.MapSignIn();
        api.MapApprovals();
        api.MapPolicies();
        api.MapBranches();
        api.MapCustomers();
        api.MapStaff();
        api.MapKeys();
        api.MapAgreements();
        api.MapAccess();
        api.MapContact();
        api.MapClients();
        api.MapExchange();
        app.MapSignOut();
        app.MapProvider();
        app.MapLocking();
        app.MapLive();
        app.MapApprovalStream();
        app.MapLog();
        app.MapPictures();
        app.MapDocuments();
        app.MapLetters();
        app.MapDrawn();
        app.MapNotices();
        app.MapTokens();
        app.MapPages();
        return app;
    }
}
