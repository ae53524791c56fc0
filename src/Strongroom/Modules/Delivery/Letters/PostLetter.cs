using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Printing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery.Letters;

/// <param name="PostNumber">The post's own number of the registered letter.</param>
public sealed record PostLetterRequest([property: Required(ErrorMessage = "Enter the number on the post's receipt"), StringLength(40, MinimumLength = 3), RegularExpression("[0-9A-Za-z -]+", ErrorMessage = "Enter letters and digits as they stand on the receipt")] string? PostNumber);

internal sealed record LetterPostedAlready() : Refusal("delivery.letter-posted-already", 409, "This letter is in the post already.", "Go on with the next one.");

internal sealed record LetterNotPosted() : Refusal("delivery.letter-not-posted", 409, "This letter is not in the post.", "Print and post it first; or it came back already.");

internal sealed record LetterNotYet() : Refusal("delivery.letter-not-yet", 409, "This letter is for another day: an agreement gets one a day.", "Print it on that day.");

/// <summary>A letter as a PDF, address in the envelope's window. That somebody opened it stands in the person's timeline, because it is their text.</summary>
internal sealed class PrintLetter(StrongroomDb db, Write write, IConfiguration configuration)
{
    public Task<Outcome<PrintedLetter>> Handle(MessageId id, CancellationToken cancel) => write.Do<PrintedLetter>("delivery.print-letter", new { id }, async act =>
    {
        var letter = await db.LetterFor(act, id, cancel);
        if (letter is null) return new NoSuch("letter");
        var key = await act.Seals.KeyOf(db, letter.To, cancel);
        db.Append(act, new Event(DeliveryAudit.Printed).About(letter));
        return new PrintedLetter(Draw(
            key.Open(DeliveryContract.SubjectColumn, id.Value, letter.Subject), key.Open(DeliveryContract.BodyColumn, id.Value, letter.Body),
            key.Open(DeliveryContract.AddressColumn, id.Value, letter.Address), letter.MadeAt, configuration["Bank:Name"] ?? "Strongroom"));
    }, cancel);

    /// <summary>A paragraph that is an address of ours is drawn as a code to scan, too.</summary>
    internal static byte[] Draw(string subject, string body, string address, DateTime madeAt, string bank)
    {
        var paper = new Paper(subject, madeAt).Head(bank).Address(address.ReplaceLineEndings("\n").Split('\n')).Title(subject);
        foreach (var paragraph in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (paragraph.StartsWith("http", StringComparison.Ordinal) && !paragraph.Contains(' ', StringComparison.Ordinal)) paper.Code(paragraph, paragraph);
            else paper.Text(paragraph);
        }
        return paper.ToPdf();
    }
}

public sealed record PrintedLetter(byte[] Pdf) : IShownOnce;

/// <summary>Somebody brought it to the post: that is what a letter's acceptance is.</summary>
internal sealed class PostLetter(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(MessageId id, PostLetterRequest request, CancellationToken cancel) => write.Do<Done>("delivery.post-letter", new { id, request }, async act =>
    {
        var letter = await db.LetterFor(act, id, cancel);
        if (letter is null) return new NoSuch("letter");
        if (letter.State != MessageState.ToPost) return new LetterPostedAlready().About(id).About(letter.To);
        if (letter.NextAttemptAt > act.Now) return new LetterNotYet().About(id).About(letter.To);
        letter.State = MessageState.Accepted;
        letter.AcceptedAt = act.Now;
        letter.Attempts = 1;
        letter.Receipt = request.PostNumber!.Trim();
        db.Add(new DeliveryAttempt { Message = id, Number = 1, At = act.Now, Accepted = true, Answer = $"Posted, {letter.Receipt}" });
        db.Append(act, new Event(DeliveryAudit.Posted).About(letter).With("post-number", letter.Receipt));
        await act.Raise(db, new MessageAccepted(id, letter.Purpose, letter.Reference, letter.To), cancel);
        return Done.It;
    }, cancel);
}

/// <summary>The post brought it back. That stands in the person's timeline; at their next visit somebody asks where they live.</summary>
internal sealed class ReturnLetter(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(MessageId id, CancellationToken cancel) => write.Do<Done>("delivery.return-letter", new { id }, async act =>
    {
        var letter = await db.LetterFor(act, id, cancel);
        if (letter is null) return new NoSuch("letter");
        if (letter.State != MessageState.Accepted) return new LetterNotPosted().About(id).About(letter.To);
        letter.State = MessageState.Failed;
        letter.SettledAt = act.Now;
        db.Append(act, new Event(DeliveryAudit.Returned).About(letter));
        await act.Raise(db, new MessageFailed(id, letter.Purpose, letter.Reference, letter.To, "Returned by the post"), cancel);
        return Done.It;
    }, cancel);
}

internal static class FindingLetters
{
    /// <summary>Null also for a letter of a branch where this officer posts none.</summary>
    public static async Task<Message?> LetterFor(this StrongroomDb db, Act act, MessageId id, CancellationToken cancel)
    {
        var letter = await db.Set<Message>().SingleOrDefaultAsync(row => row.Id == id && row.Medium == MessageMedium.Letter, cancel);
        return letter?.Branch is { } branch && act.Actor.MayAt(DeliveryRights.Post, branch) ? letter : null;
    }
}
