using System.CommandLine;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Verbs;

namespace Strongroom.Modules.Staff;

/// <summary>`staff add`: enters an officer from the command line and prints the activation code, once.</summary>
internal static class StaffVerb
{
    private static readonly Option<string> Name = new("--name") { Required = true, Description = "The officer's full name." };
    private static readonly Option<string> UserName = new("--user-name") { Required = true, Description = "What the officer signs in with." };
    private static readonly Option<string> StaffNumber = new("--staff-number") { Required = true, Description = "The bank's own number of the officer." };
    private static readonly Option<Role> AsRole = new("--role") { Required = true, Description = $"One of {string.Join(", ", Enum.GetNames<Role>())}." };
    private static readonly Option<string?> Branch = new("--branch") { Description = "The branch's code; left out for the whole bank." };

    public static Option[] Options => [Name, UserName, StaffNumber, AsRole, Branch];

    public static async Task<int> Add(ParseResult parsed, CancellationToken cancel)
    {
        var request = new EnlistOfficerRequest(
            parsed.GetRequiredValue(Name), parsed.GetRequiredValue(UserName), parsed.GetRequiredValue(StaffNumber), parsed.GetRequiredValue(AsRole), parsed.GetValue(Branch));
        await using var app = parsed.Parts();
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(Actor.System);
        var outcome = await scope.ServiceProvider.GetRequiredService<EnlistOfficer>().Handle(request, cancel);
        if (outcome.Refused(out var refusal, out var enlisted))
        {
            await parsed.Error().WriteLineAsync($"{refusal.Title} {refusal.Next} ({refusal.Code})");
            return 1;
        }
        await parsed.Output().WriteLineAsync($"""
            {request.Name} is entered as {Duties.Words(request.Role)}{(request.BranchCode is null ? " of the whole bank" : $" of branch {request.BranchCode}")}.
            User name      {enlisted.Invitation.UserName}
            First half     {enlisted.Invitation.CounterHalf}
            Second half    {enlisted.Invitation.SentHalf}
            Both halves are asked for at /activate until {enlisted.Invitation.ExpiresAt:yyyy-MM-dd HH:mm} UTC. They are shown only here.
            """);
        return 0;
    }
}
