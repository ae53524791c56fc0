using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Reliability;

/// <summary>
/// The server is killed with SIGKILL around every act of a visit and started again, while others do what else a day asks for: a slip from paper, a
/// correction, the vault register, an occurrence, a freeze (<see cref="ActsBeside{TEngine}"/>). The sessions go on, and whoever lost an answer sends the same
/// request again.
/// </summary>
public abstract class KillTests<TEngine>(ITestOutputHelper output) where TEngine : IEngine
{
    [Fact]
    public async Task An_act_that_a_kill_cut_short_is_whole_or_absent_and_nothing_acknowledged_is_ever_lost()
    {
        await using var bank = await MortalBank<TEngine>.Open();
        var visit = new VisitOf<TEngine>(bank);
        var others = new ActsBeside<TEngine>(bank);
        var random = new Random(11);
        (Request Request, Answer Answer)? last = null;
        while (visit.Next() is { } request)
        {
            var sending = bank.Send(request);
            var beside = others.During(visit.Sent.Count).ConvertAll(one => (Act: one, Sending: bank.Send(one.Request)));
            // In turn: anywhere between the first byte and the answer, as soon as the visit's commit can be seen from outside, and as soon as everybody's can.
            await Task.WhenAny(Task.WhenAll([sending, .. beside.Select(one => one.Sending)]), (visit.Sent.Count % 3) switch
            {
                1 => Task.Delay(random.Next(60)),
                2 => bank.Committed(request),
                _ => Task.WhenAll([bank.Committed(request), .. beside.Select(one => bank.Committed(one.Act.Request))]),
            });
            bank.Kill();
            var acknowledged = await Acknowledged(sending);
            var (before, whole) = (visit.After(visit.Sent.Count - 1), visit.After(visit.Sent.Count));
            var found = await bank.Look(visit.Sent);
            found.ShouldBeOneOf(acknowledged ? [whole] : [before, whole]);
            var traces = new List<(ActBeside Act, Trace Found)>();
            foreach (var (act, sent) in beside)
            {
                var told = await Acknowledged(sent);
                traces.Add((act, await bank.Look(act)));
                traces[^1].Found.ShouldBeOneOf(told ? [Trace.Whole] : [Trace.Absent, Trace.Whole], act.Request.Path);
            }

            await bank.Start();
            if (last is { } earlier) await Again(earlier.Request, earlier.Answer);
            var answer = await Answer.Of(await bank.Send(request));
            output.WriteLine($"{request.Path}: acknowledged {acknowledged}, committed {found == whole}, replayed {answer.Replayed}");
            if (found == whole) answer.Replayed.ShouldBeTrue();
            (await bank.Look(visit.Sent)).ShouldBe(whole);
            visit.Told(answer.Json);
            foreach (var (act, trace) in traces)
            {
                var again = await Answer.Of(await bank.Send(act.Request));
                output.WriteLine($"  beside it {act.Request.Path}: committed {trace == Trace.Whole}, replayed {again.Replayed}");
                again.Replayed.ShouldBe(trace == Trace.Whole, act.Request.Path);
                (await bank.Look(act)).ShouldBe(Trace.Whole, act.Request.Path);
                others.Told(act, again.Json);
            }
            last = (request, answer);
        }

        // What has no key of its own, because it comes from a page without a sign-in, or may be done twice.
        var (complaining, locking) = (bank.Complain(), bank.Lock(bank.Bank.Manager));
        await Task.WhenAny(complaining, locking);
        bank.Kill();
        var (complained, locked) = (await Acknowledged(complaining), await Acknowledged(locking));
        (await bank.Complaints()).ShouldBeOneOf(complained ? [Trace.Whole] : [Trace.Absent, Trace.Whole]);
        (await bank.Locks()).ShouldBeOneOf(locked ? [Trace.Whole] : [Trace.Absent, Trace.Whole]);
        await bank.Start();
        using (await bank.Complain()) (await bank.Complaints()).ShouldBe(Trace.Whole, "pressed again it is the same complaint");
        await Again(last!.Value.Request, last.Value.Answer);
        (await bank.Look(visit.Sent)).ShouldBe(visit.After(visit.Sent.Count));

        async Task Again(Request request, Answer first) =>
            (await Answer.Of(await bank.Send(request))).ShouldBe(first with { Replayed = true }, request.Path);
    }

    private static async Task<bool> Acknowledged(Task<HttpResponseMessage> sending)
    {
        try
        {
            using var answer = await sending;
            // A page answers a form that did something with a redirect.
            return answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.Redirect;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <param name="Json">The body as it came.</param>
    private sealed record Answer(int Status, string Json, bool Replayed)
    {
        public static async Task<Answer> Of(HttpResponseMessage response)
        {
            using (response)
            {
                var json = await response.Content.ReadAsStringAsync();
                response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode}: {json}");
                return new((int)response.StatusCode, json, response.Headers.Contains("Idempotency-Replayed"));
            }
        }
    }
}

/// <summary>A visit's six acts as requests, each with the version that the answer before it gave.</summary>
internal sealed class VisitOf<TEngine>(MortalBank<TEngine> bank) where TEngine : IEngine
{
    private static readonly (VisitState State, string Event)[] Life =
    [
        (VisitState.Waiting, AccessAudit.CheckedIn.Name),
        (VisitState.Identified, AccessAudit.Identified.Name),
        (VisitState.Admitted, AccessAudit.Admitted.Name),
        (VisitState.Alone, AccessAudit.LockerOpened.Name),
        (VisitState.Locked, AccessAudit.LockerLocked.Name),
        (VisitState.Closed, AccessAudit.CheckedOut.Name),
    ];

    private readonly List<Request> sent = [];
    private string address = "/api/v1/visits";
    private long? version;

    public IReadOnlyList<Request> Sent => sent;

    /// <summary>The next act, now among those that were sent; null after the last.</summary>
    public Request? Next()
    {
        var (counter, custodian) = (bank.Bank.CounterOfficer.UserName, bank.Bank.Custodian.UserName);
        var key = $"act-{sent.Count + 1}";
        Request? next = sent.Count switch
        {
            0 => new(counter, address, new { agreement = bank.Hire.Agreement.ToString(), @operator = bank.Hire.Hirer.ToString() }, key, version),
            1 => new(counter, $"{address}/identify", new { check = nameof(IdentityCheck.PhotographCompared), sign = nameof(OperatorSign.SlipSigned) }, key, version),
            2 => new(custodian, $"{address}/admit", new { note = "Asked to bring the papers." }, key, version),
            3 => new(custodian, $"{address}/leave-alone", null, key, version),
            4 => new(custodian, $"{address}/lock-up", new { keyOut = true, doorTried = true, guardKeyBack = true }, key, version),
            5 => new(custodian, $"{address}/check-out", null, key, version),
            _ => null,
        };
        if (next is not null) sent.Add(next);
        return next;
    }

    public void Told(string json)
    {
        using var answer = JsonDocument.Parse(json);
        version = answer.RootElement.GetProperty("version").GetInt64();
        address = $"/api/v1/visits/{answer.RootElement.GetProperty("id").GetString()}";
    }

    /// <summary>How the database must look when this many acts were done, each once.</summary>
    public Standing After(int acts) => new(
        acts == 0 ? null : Life[acts - 1].State, acts, string.Join(' ', Life.Take(acts).Select(act => act.Event)),
        Pending: acts, Remembered: acts, Decisions: acts >= 3 ? 1 : 0, Obligations: acts >= 4 ? 1 : 0, Inside: acts is >= 3 and < 6 ? 1 : 0);
}

public sealed class Killing_a_server_on_sqlite(ITestOutputHelper output) : KillTests<Sqlite>(output);

public sealed class Killing_a_server_on_postgres(ITestOutputHelper output) : KillTests<Postgres>(output);
