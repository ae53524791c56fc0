using System.CommandLine;
using Strongroom.Lab.Demo;
using Strongroom.Lab.Measure;

var data = new Option<DirectoryInfo>("--data") { Description = "The data directory to fill.", Required = true };
var user = new Argument<string>("user") { Description = "A user name of the demo bank." };
var seed = new Option<int>("--seed") { Description = "The same seed makes the same bank.", DefaultValueFactory = _ => 7 };

var demo = new Command("demo", "Fill a data directory with a small living bank, by the server's own handlers in virtual time.") { data, seed };
demo.SetAction((parsed, cancel) => DemoVerb.Fill(parsed.GetRequiredValue(data).FullName, parsed.GetValue(seed), cancel));

var code = new Command("code", "Print the one-time code that a demo user's authenticator would show now.") { user, data };
code.SetAction((parsed, cancel) => CodeVerb.Print(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(user), cancel));

var today = new Command("today", "Go on with a filled demo bank at its natural pace, beside the server that shows it.") { data };
today.SetAction((parsed, cancel) => TodayVerb.GoOn(parsed.GetRequiredValue(data).FullName, cancel));

Option<string> cluster = new("--cluster") { Required = true }, server = new("--server") { Required = true }, work = new("--work") { Required = true },
    report = new("--report") { Required = true }, commit = new("--commit") { Required = true }, run = new("--run");
Option<int> people = new("--people") { Description = "In the larger bank of R6.", DefaultValueFactory = _ => 2_500_000 };
Option<int> visits = new("--visits") { Description = "Rows of the register of R5.", DefaultValueFactory = _ => 1_000_000 };
Option<int> events = new("--events") { Description = "Of the log of R10.", DefaultValueFactory = _ => 10_000_000 };
Option<string[]> only = new("--only") { Description = "Take these measures alone, and write no report.", AllowMultipleArgumentsPerToken = true };
Option<int> rounds = new("--rounds") { DefaultValueFactory = _ => 5 }, seconds = new("--seconds") { DefaultValueFactory = _ => 5 };
var bench = new Command("bench", "Measure, and write the report. eng/bench calls it.") { cluster, server, work, report, commit, run, rounds, seconds, people, visits, events, only };
bench.SetAction((parsed, cancel) => BenchVerb.Measure(new(
    parsed.GetRequiredValue(cluster), parsed.GetRequiredValue(server), parsed.GetValue(run), parsed.GetRequiredValue(work), parsed.GetRequiredValue(report),
    parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(people), parsed.GetValue(visits), parsed.GetValue(events), parsed.GetValue(only) ?? [], parsed.GetRequiredValue(commit)), cancel));

return await new RootCommand("Strongroom's simulator: demo banks made by the real code.") { demo, today, code, bench }.Parse(args).InvokeAsync();
