using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Attempts;

/// <summary>Failures that count against one account or one address. A name that nobody has is counted like any other, so blocks tell nothing.</summary>
internal sealed class AttemptCount : IVersioned
{
    /// <summary>"account:" and a keyed hash of the name as typed (some type their password there), or "address:" and the address.</summary>
    public required string Of { get; init; }

    public int Failures { get; set; }

    public required DateTime LastAt { get; set; }

    public DateTime? BlockedUntil { get; set; }

    /// <summary>Anonymous failures since the last report to the log.</summary>
    public int Unreported { get; set; }

    /// <summary>Whose account it is, where it is anybody's.</summary>
    public PersonId? Person { get; set; }

    public long Version { get; set; }

    public const string AccountPrefix = "account:", AddressPrefix = "address:";

    public static string OfAccount(Seals seals, string userName) => AccountPrefix + seals.Blind("sign-in", UserNames.Normalise(userName)).Value;

    /// <summary>An IPv6 household has 2^64 addresses: they count as one.</summary>
    public static string OfAddress(string? address)
    {
        if (!IPAddress.TryParse(address, out var ip)) return AddressPrefix + "unknown";
        if (ip.IsIPv4MappedToIPv6) ip = ip.MapToIPv4();
        if (ip.AddressFamily == AddressFamily.InterNetwork) return AddressPrefix + ip;
        var bytes = ip.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{AddressPrefix}{new IPAddress(bytes)}/64";
    }
}

/// <summary>How many failures are free, and how long the pauses after them are: doubled each time, up to the longest.</summary>
internal sealed record AttemptRule(int Free, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan ForgottenAfter)
{
    /// <summary>Never locked for good: a stranger could lock a bank's staff out by their names. A passkey is not held up by an account's pause.</summary>
    public static readonly AttemptRule Account = new(5, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(24));

    /// <summary>Wide, because a whole branch may come from one address.</summary>
    public static readonly AttemptRule Address = new(50, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    public static AttemptRule For(string of) => of.StartsWith(AttemptCount.AccountPrefix, StringComparison.Ordinal) ? Account : Address;

    public TimeSpan PauseAfter(int failures)
    {
        if (failures < Free) return TimeSpan.Zero;
        var doublings = Math.Min(failures - Free, 20);
        var pause = FirstPause * Math.Pow(2, doublings);
        return pause < LongestPause ? pause : LongestPause;
    }
}

internal sealed class AttemptCountTable : IEntityTypeConfiguration<AttemptCount>
{
    public void Configure(EntityTypeBuilder<AttemptCount> builder)
    {
        builder.ToTable("attempt_count");
        builder.HasKey(row => row.Of);
        builder.Property(row => row.Of).HasMaxLength(80);
        builder.HasIndex(row => row.LastAt);
    }
}
