using System.Globalization;

namespace Strongroom.Verifier.Checks;

/// <summary>How a check ended, and the program's exit code.</summary>
internal enum Verdict
{
    Holds = 0,
    Broken = 1,
    CannotTell = 2,
}

/// <summary>
/// What was found, in sentences. Each says what is wrong and where: entry, event, file. The first are kept, the rest are counted: a log whose root is
/// wrong is wrong in every line. Not for several threads at once.
/// </summary>
internal sealed class Findings
{
    private const int Kept = 20;

    private readonly List<string> broken = [], unknown = [], good = [], remarks = [];
    private long brokenCount, unknownCount;

    public Verdict Verdict => brokenCount > 0 ? Verdict.Broken : unknownCount > 0 ? Verdict.CannotTell : Verdict.Holds;

    /// <summary>This is proof that the log was tampered with, or that its keeper lost something that it had signed.</summary>
    public void Broken(FormattableString what) => Keep(broken, what, ref brokenCount);

    /// <summary>This could not be learnt, whichever way it is.</summary>
    public void Unknown(FormattableString what) => Keep(unknown, what, ref unknownCount);

    public void Good(FormattableString what) => good.Add(Said(what));

    /// <summary>What was not checked, or is odd and no proof of anything.</summary>
    public void Remark(FormattableString what) => remarks.Add(Said(what));

    public void Write(TextWriter to, string log)
    {
        to.WriteLine(Verdict switch
        {
            Verdict.Holds => $"HOLDS: {log}",
            Verdict.Broken => $"BROKEN: {log}",
            Verdict.CannotTell => $"CANNOT TELL: {log}",
        });
        Write(to, "✗", broken, brokenCount);
        Write(to, "?", unknown, unknownCount);
        // What else is well does not matter to somebody whose log is broken, and may lean on what is.
        if (Verdict == Verdict.Holds) Write(to, "✓", good, good.Count);
        Write(to, "·", remarks, remarks.Count);
    }

    private static void Write(TextWriter to, string mark, List<string> sentences, long count)
    {
        foreach (var sentence in sentences) to.WriteLine($"  {mark} {sentence}");
        if (count > sentences.Count) to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {mark} … and {count - sentences.Count:#,0} more."));
    }

    private static void Keep(List<string> sentences, FormattableString what, ref long count)
    {
        if (count++ < Kept) sentences.Add(Said(what));
    }

    private static string Said(FormattableString what) => what.ToString(CultureInfo.InvariantCulture);
}
