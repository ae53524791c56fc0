using System.Text.RegularExpressions;
using Mono.Cecil;
using Strongroom.Modules;

namespace Strongroom.Tests.Architecture;

/// <summary>The whole dependency rule, read from the compiled code and, because constants leave no trace there, from the source too.</summary>
public sealed partial class ModuleOrderTests
{
    private const string Modules = "Strongroom.Modules.";

    /// <summary>Who may look behind contracts, and why. There is no other way in.</summary>
    private static readonly Dictionary<string, string> SeesAll = new()
    {
        ["Strongroom.StrongroomApp"] = "adds and maps every module",
        ["Strongroom.Data.References"] = "declares the foreign keys between modules' tables",
        ["Strongroom.Data.Technical"] = "lists the machinery's own tables",
        ["Strongroom.Data.StrongroomDb"] = "demands an audit event of every save",
        ["Strongroom.Data.Soundness"] = "asks the log for its newest event",
        ["Strongroom.Verbs.Verb"] = "lists the modules' verbs",
    };

    [Fact]
    public void The_list_of_modules_is_the_list_of_their_folders() =>
        Directory.GetDirectories(Repository.At("src", "Strongroom", "Modules")).Select(Path.GetFileName).Order().ShouldBe(Order.Modules.Order());

    [Fact]
    public void A_module_names_only_the_contracts_of_modules_before_it() =>
        Broken((user, used) =>
        {
            if (Module(user) is not { } of) return false;
            return Module(used) is { } other && other != of && !(Earlier(other, of) && IsContract(used, other));
        }).ShouldBeEmpty();

    [Fact]
    public void Source_of_a_module_mentions_only_the_contracts_of_modules_before_it()
    {
        List<string> broken = [];
        foreach (var file in Repository.Files("src/Strongroom/Modules", ".cs", ".razor"))
        {
            var parts = Repository.Relative(file).Split('/');
            if (parts.Length < 5) continue;
            foreach (Match mention in Mention().Matches(File.ReadAllText(file)))
            {
                var other = mention.Groups[1].Value;
                if (other == parts[3] || (Earlier(other, parts[3]) && mention.Groups[2].Value == ".Contracts")) continue;
                broken.Add($"{Repository.Relative(file)} mentions {mention.Value}");
            }
        }
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void The_roof_and_the_verbs_see_modules_by_their_contracts() =>
        Broken((user, used) => Starts(user, "Strongroom.Web", "Strongroom.Verbs") && Module(used) is { } other && !IsContract(used, other)).ShouldBeEmpty();

    [Fact]
    public void The_database_knows_of_modules_no_more_than_the_logs_contract() =>
        Broken((user, used) => Starts(user, "Strongroom.Data") && Module(used) is not null && Code.NamespaceOf(used) != Modules + "Audit.Contracts").ShouldBeEmpty();

    [Fact]
    public void What_all_share_knows_neither_modules_nor_pages_nor_verbs() =>
        Broken((user, used) => Starts(user, "Strongroom.Shared") && (Module(used) is not null || Starts(used, "Strongroom.Web", "Strongroom.Verbs"))).ShouldBeEmpty();

    [Fact]
    public void Nobody_but_Program_knows_the_verbs() =>
        Broken((user, used) => Starts(used, "Strongroom.Verbs") && !Starts(user, "Strongroom.Verbs")
            && !(Module(user) is not null && user.Name.EndsWith("Verb", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Whoever_is_excused_from_the_walls_still_exists() =>
        Code.Types.Select(type => type.FullName).Intersect(SeesAll.Keys).Order().ShouldBe(SeesAll.Keys.Order());

    private static List<string> Broken(Func<TypeDefinition, TypeReference, bool> wrong) =>
    [
        .. from user in Code.Types
           where !SeesAll.ContainsKey(user.FullName) && !user.Namespace.StartsWith("Strongroom.Data.Migrations", StringComparison.Ordinal) && user.Name != "Program"
           from used in Code.NamedBy(user)
           where wrong(user, used)
           select $"{user.FullName} names {used.FullName}",
    ];

    private static bool Starts(TypeReference type, params string[] spaces) =>
        spaces.Any(space => Code.NamespaceOf(type) == space || Code.NamespaceOf(type).StartsWith(space + ".", StringComparison.Ordinal));

    /// <summary>"Access" for Strongroom.Modules.Access.Contracts; null outside the modules.</summary>
    private static string? Module(TypeReference type)
    {
        var space = Code.NamespaceOf(type);
        return space.StartsWith(Modules, StringComparison.Ordinal) ? space[Modules.Length..].Split('.')[0] : null;
    }

    private static bool IsContract(TypeReference type, string module) =>
        Code.NamespaceOf(type) is var space && (space == $"{Modules}{module}.Contracts" || space.StartsWith($"{Modules}{module}.Contracts.", StringComparison.Ordinal));

    private static bool Earlier(string one, string other) => Array.IndexOf(Order.Modules, one) is >= 0 and var at && at < Array.IndexOf(Order.Modules, other);

    [GeneratedRegex(@"\bStrongroom\.Modules\.([A-Z]\w*)(\.[A-Z]\w*)?")]
    private static partial Regex Mention();
}
