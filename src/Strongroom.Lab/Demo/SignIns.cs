using System.Globalization;
using System.Text.Json;
using OtpNet;
using Strongroom.Lab.Bank;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>How to sign in to the demo bank: printed by ./run, kept beside its data.</summary>
internal static class SignIns
{
    public const string File = "sign-ins.json";

    public static string Words(Story story)
    {
        var width = story.Players.SelectMany(group => group.Players).Max(player => player.UserName.Length) + 2;
        var lines = story.Players.SelectMany(group => group.Players.Select(player => string.Create(CultureInfo.InvariantCulture,
            $"    {player.UserName.PadRight(width)}{player.Name,-18} {player.TotpSecret}")).Prepend($"  {group.Heading}"));
        return $"""
            Everybody's password is: {SmallBank.Password}

            User name, name, authenticator secret:
            {string.Join('\n', lines)}

            The second step asks for a one-time code. Add the secret to an authenticator app, or let the Lab print the code of this moment:
              ./run --code custodian
            Whoever has signed in once can add a passkey under their name, and needs no code any more.

            """;
    }
}

/// <summary>`code`: what a demo user's authenticator shows now.</summary>
internal static class CodeVerb
{
    public static async Task<int> Print(string data, string userName, CancellationToken cancel)
    {
        var players = JsonSerializer.Deserialize<List<Player>>(await System.IO.File.ReadAllTextAsync(Path.Combine(data, SignIns.File), cancel))!;
        var player = players.Find(one => one.UserName == userName);
        if (player is null)
        {
            await Console.Error.WriteLineAsync($"No demo user is called {userName}. There are: {string.Join(", ", players.Select(one => one.UserName))}.");
            return 1;
        }
        Console.WriteLine(new Totp(Base32Encoding.ToBytes(player.TotpSecret)).ComputeTotp(TimeProvider.System.UtcNow()));
        return 0;
    }
}
