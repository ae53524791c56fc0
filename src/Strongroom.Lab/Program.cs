using System.CommandLine;
using Strongroom.Lab.Demo;

var data = new Option<DirectoryInfo>("--data") { Description = "The data directory to fill.", Required = true };
var user = new Argument<string>("user") { Description = "A user name of the demo bank." };
var seed = new Option<int>("--seed") { Description = "The same seed makes the same bank.", DefaultValueFactory = _ => 7 };

var demo = new Command("demo", "Fill a data directory with a small living bank, by the server's own handlers in virtual time.") { data, seed };
demo.SetAction((parsed, cancel) => DemoVerb.Fill(parsed.GetRequiredValue(data).FullName, parsed.GetValue(seed), cancel));

var code = new Command("code", "Print the one-time code that a demo user's authenticator would show now.") { user, data };
code.SetAction((parsed, cancel) => CodeVerb.Print(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(user), cancel));

return await new RootCommand("Strongroom's simulator: demo banks made by the real code.") { demo, code }.Parse(args).InvokeAsync();
