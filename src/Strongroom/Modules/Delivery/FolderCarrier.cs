using MimeKit;

namespace Strongroom.Modules.Delivery;

/// <summary>On a development machine without a mail server: each message becomes a file that a mail program opens.</summary>
internal sealed class FolderCarrier(MailSettings settings) : IMailCarrier
{
    public async Task<CarrierAnswer> Send(MimeMessage mail, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.Folder);
        var file = Path.Combine(settings.Folder, $"{mail.MessageId!.Split('@')[0]}.eml");
        await mail.WriteToAsync(file, cancel);
        return new(CarrierOutcome.Accepted, $"Written to {Path.GetFileName(file)}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
