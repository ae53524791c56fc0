using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Keys.Pages;

internal static class EnvelopeWords
{
    public static string Of(KeyKind kind) => kind == KeyKind.Guard ? "guard key" : "hirer’s key";

    public static string Of(EnvelopeReason reason) => reason switch
    {
        EnvelopeReason.KeyLost => "the key is lost",
        EnvelopeReason.KeyBroken => "the key is broken",
        EnvelopeReason.LockReplaced => "the lock is replaced",
        EnvelopeReason.BreakOpen => "the locker is broken open",
        EnvelopeReason.Verification => "verification",
        EnvelopeReason.EnvelopeDamaged => "the envelope is damaged",
    };
}
