namespace Strongroom.Web;

/// <summary>On an endpoint that an open page calls again and again without anybody there: it keeps no session alive.</summary>
internal sealed class AsksByItself;
