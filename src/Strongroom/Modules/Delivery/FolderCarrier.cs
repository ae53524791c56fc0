using MimeKit;

namespace Strongroom.Modules.Delivery;

/// <summary>On a development machine without a mail server: each message becomes a file that a mail program opens.</summary>
internal sealed class FolderCarrier(MailSettings settings) : IMailCarrier
{
    public async Task<MailAnswer> Send(MimeMessage mail, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Folder);
        var file = Path.Combine(settings.Folder, $"{mail.MessageId!.Split('@')[0]}.eml");
        await mail.WriteToAsync(file, cancel);
        return new(MailOutcome.Accepted, $"Written to {Path.GetFileName(file)}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
