using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Delivery.Pages;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Delivery;

internal sealed class MessagesDownload(ReadMessages messages) : IDownloads
{
    public const string Path = "/desk/messages/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        var found = await messages.Page(Enum.TryParse<MessageState>(asked["state"], out var state) && Enum.IsDefined(state) ? state : null, asked.List(), Download.Most + 1, cancel);
        return Download.Of("messages", null, found.Messages,
            ("When, UTC", message => message.MadeAt),
            ("What for", message => MessageBadge.Purpose(message.Purpose)),
            ("To", message => message.To),
            ("State", message => message.State),
            ("Attempts", message => message.Attempts),
            ("Accepted, UTC", message => message.AcceptedAt));
    }
}
