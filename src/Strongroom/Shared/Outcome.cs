using System.Diagnostics.CodeAnalysis;

namespace Strongroom.Shared;

/// <summary>
/// What became of a request: the value it made, or the rule that refused it. Not an exception: a refusal is an ordinary answer,
/// has a stable code, and is written to the log.
/// </summary>
public readonly struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal, bool replayed)
    {
        Value = value;
        Refusal = refusal;
        Replayed = replayed;
    }

    public T? Value { get; }

    public Refusal? Refusal { get; }

    /// <summary>True when the same request had been carried out before and this is that answer again.</summary>
    public bool Replayed { get; }

    public bool Refused([NotNullWhen(true)] out Refusal? refusal, [NotNullWhen(false)] out T? value)
    {
        refusal = Refusal;
        value = Value;
        return refusal is not null;
    }

    public static Outcome<T> AgainAs(T value) => new(value, null, replayed: true);

    public static implicit operator Outcome<T>(T value) => new(value, null, replayed: false);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal, replayed: false);
}

/// <summary>The value of an act that has nothing to show.</summary>
public readonly record struct Done
{
    public static Done It => default;
}
