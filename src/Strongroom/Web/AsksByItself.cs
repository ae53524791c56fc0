namespace Strongroom.Web;

/// <summary>On an endpoint that an open page calls again and again without anybody there: it keeps no session alive.</summary>
internal sealed class AsksByItself
{
    /// <summary>The same said by a page of itself: a live screen reads anew the page that it is.</summary>
    private const string Header = "X-Asks-By-Itself";

    public static bool Is(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<AsksByItself>() is not null || http.Request.Headers.ContainsKey(Header);
}
