using System.Text;

namespace Strongroom.Modules.Exchange.Reading;

/// <param name="TooLong">The line was longer than any row is; <paramref name="Text"/> is then empty.</param>
internal readonly record struct Line(string Text, bool TooLong = false);

/// <summary>The lines of a text in bounded memory, however long one of them is. A line ends with \n, \r\n or \r.</summary>
internal sealed class Lines(TextReader reader)
{
    /// <summary>Letters of a line; the longest row of a register has some thousand.</summary>
    public const int Longest = 100_000;

    private readonly char[] letters = new char[16_384];
    private int at, end;
    private bool afterReturn;

    /// <returns>Null at the end of the text.</returns>
    public async ValueTask<Line?> Next(CancellationToken cancel)
    {
        StringBuilder? begun = null;
        var tooLong = false;
        while (await Fill(cancel))
        {
            if (afterReturn && letters[at] == '\n') at++;
            afterReturn = false;
            var length = letters.AsSpan(at, end - at).IndexOfAny('\n', '\r');
            var here = letters.AsMemory(at, length < 0 ? end - at : length);
            if (length >= 0 && begun is null && !tooLong)
            {
                End(length);
                return new(here.ToString());
            }
            begun ??= new();
            if (begun.Length + here.Length > Longest) (tooLong, begun) = (true, begun.Clear());
            else if (!tooLong) begun.Append(here);
            if (length >= 0)
            {
                End(length);
                return new(begun.ToString(), tooLong);
            }
            at = end;
        }
        return begun is null ? null : new(begun.ToString(), tooLong);
    }

    private void End(int length)
    {
        afterReturn = letters[at + length] == '\r';
        at += length + 1;
    }

    private async ValueTask<bool> Fill(CancellationToken cancel)
    {
        if (at < end) return true;
        (at, end) = (0, await reader.ReadAsync(letters, cancel));
        return end > 0;
    }
}
