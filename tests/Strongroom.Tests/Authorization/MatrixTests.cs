using System.Net;
using System.Text;
using Strongroom.Tests.Architecture;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Authorization;

/// <summary>
/// Every address of the server is asked by everyone: with ids that nothing has (door), with ids of another branch or hirer (others'), and, where it only
/// reads, with their own. What they are answered stands in docs/authorization-matrix.txt, a line for each; an address that is not in it, or answers
/// otherwise, fails. STRONGROOM_MATRIX=write writes the file anew; what changed in it is then looked at like code.
/// </summary>
public abstract class MatrixTests<TEngine>(MatrixWorld<TEngine> world) : IClassFixture<MatrixWorld<TEngine>> where TEngine : IEngine
{
    private static readonly string File = Repository.At("docs", "authorization-matrix.txt");

    /// <summary>Who reads what others' rows say, and why that is right: all that begins so, or with its method one address alone. The auditor and the administrator of the whole bank are at home in every branch.</summary>
    private static readonly (string Beginning, string Why)[] OfTheWholeBank =
    [
        ("/api/v1/people", "Persons are customers of the bank: whoever serves customers serves them at any branch, and merges those who were entered twice."),
        ("/desk/people", "As above."),
        ("POST /api/v1/emergencies/", "An emergency is where one is not posted: that is what it is for. Who is no officer is refused, and two sign for each."),
        ("/desk/agreements/new", "Whoever comes to hire is chosen from among the bank's customers."),
    ];

    /// <summary>Reads of what this small bank has none of: no import, envelope or letter, no organisation, no signature drawn on a screen. Their own tests have.</summary>
    private static readonly string[] NotInThisBank =
    [
        "GET /api/v1/imports/{id}", "GET /office/imports/{Id:guid}", "GET /desk/custody/envelopes/{Id:guid}", "GET /desk/letters/{Id:guid}", "GET /desk/letters/{id}/pdf",
        "GET /desk/people/{Id:guid}/signatories/new", "GET /desk/visits/{id}/signature", $"GET {DrawnByLot}",
    ];

    /// <summary>Read by nobody but the officer whom the lot fell on, who is another one each time: the table says 404 for everybody, and one is let in.</summary>
    private const string DrawnByLot = "/desk/key-checks/{Id:guid}";

    private static readonly HttpStatusCode[] Denials = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound];

    private readonly Dictionary<string, HttpClient> clients = [];

    [Fact]
    public async Task Everyone_is_answered_as_the_table_says_and_what_is_denied_changes_and_tells_nothing()
    {
        List<string> lines = [], leaks = [], broken = [], through = [];
        var before = await world.Read(Invariants.Digest);
        foreach (var address in Address.Of(world))
        {
            foreach (var relation in Enum.GetValues<Relation>().Where(relation => relation == Relation.Door || (address.NamesThings && (relation == Relation.Others || address.Reads))))
            {
                var cells = new List<string>();
                foreach (var caller in world.Callers)
                {
                    if (relation == Relation.Others && !address.Reads && (caller.Everywhere || IsOfTheWholeBank(address)))
                    {
                        cells.Add("-");
                        continue;
                    }
                    var things = relation switch { Relation.Door => Examples.None, Relation.Others => world.Others, _ => world.Own };
                    using var answer = await Ask(address, caller, relation, things);
                    var text = await Text(answer);
                    var cell = $"{address} {relation} {caller.Column}: {(int)answer.StatusCode}";
                    if ((int)answer.StatusCode >= 500 && address.Pattern is not ("/error" or "/health/log")) broken.Add(cell);
                    if (text.Contains(MatrixWorld<TEngine>.Markup, StringComparison.Ordinal) && answer.Content.Headers.ContentType?.MediaType == "text/html") broken.Add($"{cell}, with markup from a name");
                    if (!caller.Everywhere && text.Contains(MatrixWorld<TEngine>.Canary, StringComparison.OrdinalIgnoreCase) && !IsOfTheWholeBank(address)) leaks.Add(cell);
                    if (relation == Relation.Others && !caller.Everywhere && !address.Reads && !Denials.Contains(answer.StatusCode)) through.Add($"{cell} {text[..Math.Min(200, text.Length)]}");
                    cells.Add($"{(int)answer.StatusCode}");
                }
                if (address.Pattern == DrawnByLot && relation == Relation.Own)
                {
                    cells.Count(cell => cell == "200").ShouldBe(1, "one officer was drawn");
                    cells[cells.IndexOf("200")] = "404";
                }
                lines.Add($"{address,-90} {Words(relation),-8}{string.Concat(cells.Select((cell, at) => cell.PadRight(world.Callers[at].Column.Length + 2)))}".TrimEnd());
            }
        }

        string.Join('\n', [.. broken.Select(one => $"broken  {one}"), .. leaks.Select(one => $"leaked  {one}"), .. through.Select(one => $"through {one}")]).ShouldBeEmpty();
        (await world.Read(Invariants.Digest)).ShouldBe(before, "What was denied changed something.");
        lines.Where(line => line.Contains(" own ", StringComparison.Ordinal) && !line.Contains("200", StringComparison.Ordinal)).Select(line => line.Split("  ")[0])
            .ShouldBe(NotInThisBank, ignoreOrder: true, "what nobody can read at all proves nothing when it is denied");
        if (Environment.GetEnvironmentVariable("STRONGROOM_MATRIX") == "write") await System.IO.File.WriteAllTextAsync(File, Head() + string.Join('\n', lines) + "\n");
        var told = Told().ToList();
        string.Join('\n', [.. told.Except(lines).Select(line => $"table  {line}"), .. lines.Except(told).Select(line => $"server {line}")]).ShouldBeEmpty();
        lines.Count.ShouldBe(told.Count);
    }

    internal static bool IsOfTheWholeBank(Address address) => OfTheWholeBank.Any(one =>
        one.Beginning[0] == '/' ? address.Pattern.StartsWith(one.Beginning, StringComparison.Ordinal) : address.ToString() == one.Beginning);

    /// <summary>Whom the table says to be turned away where.</summary>
    internal static IEnumerable<(string Address, string Caller)> DoorsShut(IReadOnlyList<Caller> callers) =>
        from line in Told()
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words[2] == Words(Relation.Door)
        from caller in callers.Index()
        where words[3 + caller.Index] is "401" or "403"
        select ($"{words[0]} {words[1]}", caller.Item.Column);

    private static IEnumerable<string> Told() => System.IO.File.ReadLines(File).Where(line => line.Length > 0 && line[0] is not ('#' or ' '));

    private async Task<HttpResponseMessage> Ask(Address address, Caller caller, Relation relation, Examples things)
    {
        var client = await ClientOf(caller);
        using var request = new HttpRequestMessage(new(address.Method), address.Path(things));
        if (!address.Reads)
        {
            // Without a key a write ends behind its door and before its handler.
            if (relation != Relation.Door) request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            if (address.Uploads) request.Content = new ByteArrayContent(Pictures.Small) { Headers = { ContentType = new("image/jpeg") } };
            else if (address.BodyType is { } body) request.Content = new StringContent(things.Body(body)!.ToJsonString(), Encoding.UTF8, "application/json");
        }
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private async Task<HttpClient> ClientOf(Caller caller) =>
        clients.TryGetValue(caller.Column, out var known) ? known : clients[caller.Column] = await world.ClientOf(caller);

    // A stream never ends, and what is no text has nothing to read in it.
    private static async Task<string> Text(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType is { } type && type != "text/event-stream" && (type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal))
            ? await answer.Content.ReadAsStringAsync() : "";

    private string Head() => $"""
        # Who is answered what: every address of the server, asked by everyone. Made and checked by tests/Strongroom.Tests/Authorization.
        #
        # door     with ids that nothing has; a write without its idempotency key. 401 and 403: the door is shut. 404 and 400: it is open, and nothing is there.
        # others'  with ids of another branch, or of another hirer. 404: what is not yours does not exist.
        # own      with ids of one's own branch or locker; reads only.
        # -        not asked: to who works for the whole bank nothing belongs to others, and persons are customers of the whole bank.
        # manager, custodian, counter, security and auditor belong to one branch, admin and bank-auditor to the whole bank, holder to a locker of their own.
        # client is another system of the bank with a token for this branch and every scope.

        {new string(' ', 98)}{string.Concat(world.Callers.Select(caller => $"{caller.Column}  "))}

        """;

    private static string Words(Relation relation) => relation switch { Relation.Door => "door", Relation.Others => "others'", Relation.Own => "own" };

    private enum Relation { Door, Others, Own }
}

public sealed class The_matrix_on_sqlite(MatrixWorld<Sqlite> world) : MatrixTests<Sqlite>(world);

public sealed class The_matrix_on_postgres(MatrixWorld<Postgres> world) : MatrixTests<Postgres>(world);
