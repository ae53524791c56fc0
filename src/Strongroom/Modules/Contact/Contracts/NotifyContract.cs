using Strongroom.Data;
using Strongroom.Modules.Contact.Notices;

namespace Strongroom.Modules.Contact.Contracts;

public static class NotifyContract
{
    /// <summary>In the caller's act: the person reads on their next page that the other side of a webhook does not answer.</summary>
    public static void NotifyWebhookStopped(this StrongroomDb db, Act act, PersonId person, WebhookId webhook) => db.Notify(act, person, NoticeKind.WebhookStopped, Subject.Of(webhook));
}
