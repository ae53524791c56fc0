using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Strongroom.Web;

/// <summary>
/// Where the browser thinks it is. The shell has a base address, under which a bare "#main" would leave the page; and an error
/// page is shown at the address that failed, not at its own.
/// </summary>
internal static class PageAddress
{
    public static string Of(HttpContext? http, NavigationManager navigation)
    {
        if (http?.Features.Get<IStatusCodeReExecuteFeature>() is { } status)
            return $"{status.OriginalPathBase}{status.OriginalPath}{status.OriginalQueryString}";
        if (http?.Features.Get<IExceptionHandlerPathFeature>() is { } failed)
            return $"{http.Request.PathBase}{failed.Path}{http.Request.QueryString}";
        return new Uri(navigation.Uri).PathAndQuery;
    }
}
