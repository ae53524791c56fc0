using System.Diagnostics;
using System.Globalization;

namespace Strongroom.Verifier;

/// <summary>How far a long check is, once a second; a short one says nothing.</summary>
internal sealed class Progress(TextWriter to) : IProgress<long>
{
    private readonly long began = Stopwatch.GetTimestamp();
    private int told;

    public void Report(long value)
    {
        var seconds = (int)Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (seconds <= told) return;
        told = seconds;
        to.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value:#,0} entries checked"));
    }

    public void End()
    {
        if (told > 0) to.WriteLine();
    }
}
