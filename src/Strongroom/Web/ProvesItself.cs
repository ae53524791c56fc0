namespace Strongroom.Web;

/// <summary>On an endpoint of the API that another machine calls: it has neither session nor antiforgery token, and what it sends is signed and may come twice.</summary>
internal sealed class ProvesItself;
