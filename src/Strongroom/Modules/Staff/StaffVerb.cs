using System.CommandLine;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>`staff add`: enters an officer from the command line and prints the activation code, once.</summary>
internal static class StaffVerb
{
    public static Command Command()
    {
        var name = new Option<string>("--name") { Required = true, Description = "The officer's full name." };
        var userName = new Option<string>("--user-name") { Required = true, Description = "What the officer signs in with." };
        var staffNumber = new Option<string>("--staff-number") { Required = true, Description = "The bank's own number of the officer." };
        var role = new Option<Role>("--role") { Required = true, Description = $"One of {string.Join(", ", Enum.GetNames<Role>())}." };
        var branch = new Option<string?>("--branch") { Description = "The branch's code; left out for the whole bank." };
        var add = new Command("add", "Enter an officer, post them from today, and print the code to activate their sign-in.") { name, userName, staffNumber, role, branch };
        add.TreatUnmatchedTokensAsErrors = false;
        add.SetAction((parsed, cancel) => Add(
            new(parsed.GetRequiredValue(name), parsed.GetRequiredValue(userName), parsed.GetRequiredValue(staffNumber), parsed.GetRequiredValue(role), parsed.GetValue(branch)),
            [.. parsed.UnmatchedTokens], parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancel));
        return new Command("staff", "Officers of the bank.") { add };
    }

    private static async Task<int> Add(EnlistOfficerRequest request, string[] args, TextWriter output, TextWriter error, CancellationToken cancel)
    {
        await using var app = StrongroomApp.Build(args);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        var outcome = await scope.ServiceProvider.GetRequiredService<EnlistOfficer>().Handle(request, cancel);
        if (outcome.Refused(out var refusal, out var enlisted))
        {
            await error.WriteLineAsync($"{refusal.Title} {refusal.Next} ({refusal.Code})");
            return 1;
        }
        await output.WriteLineAsync($"""
            {request.Name} is entered as {Duties.Words(request.Role)}{(request.BranchCode is null ? " of the whole bank" : $" of branch {request.BranchCode}")}.
            User name      {enlisted.Invitation.UserName}
            First half     {enlisted.Invitation.CounterHalf}
            Second half    {enlisted.Invitation.SentHalf}
            Both halves are asked for at /activate until {enlisted.Invitation.ExpiresAt:yyyy-MM-dd HH:mm} UTC and are shown only here.
            """);
        return 0;
    }
}
