using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Strongroom.Tests.Architecture;

/// <summary>docs/cryptography.md: every use of cryptography in what we ship stands there, found in the compiled code.</summary>
public sealed partial class CryptographyTests
{
    private static readonly string[] Shipped = ["Strongroom", "Strongroom.AuditLog", "Strongroom.Verifier"];

    // Not primitives: how a caller names one, and what is thrown.
    private static readonly string[] OnlyWords = ["CryptographicException", "AuthenticationTagMismatchException", "HashAlgorithmName"];

    [Fact]
    public void Every_use_of_cryptography_stands_in_the_inventory_and_nothing_else_does()
    {
        var found = Shipped.SelectMany(Types).Select(type => (Type: type.FullName, Uses: Uses(type))).Where(one => one.Uses.Count > 0)
            .Select(one => $"| `{one.Type}` | {string.Join(", ", one.Uses.Select(use => $"`{use}`"))} |").Order(StringComparer.Ordinal).ToList();
        var listed = File.ReadAllLines(Repository.At("docs", "cryptography.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal).ToList();

        found.Except(listed).ShouldBeEmpty("write it down in docs/cryptography.md, with its purpose");
        listed.Except(found).ShouldBeEmpty("is in docs/cryptography.md and not in the code");
    }

    /// <summary>Comparing bytes until the first that differs tells how many were right. None of these compares a secret with what somebody sent.</summary>
    [Fact]
    public void Secrets_are_compared_in_constant_time()
    {
        Dictionary<string, string> noSecrets = new()
        {
            ["Strongroom.Data.Conventions"] = "whether a sealed value was changed since it was read",
            ["Strongroom.Data.Write"] = "fingerprint of a request with the same idempotency key",
            ["Strongroom.Modules.Approvals.Contracts.ApprovalBook"] = "what was approved with what is about to be done",
            ["Strongroom.Modules.Audit.Sequencing.Sequencer"] = "a leaf's hash, which is public",
            ["Strongroom.Modules.Clients.Registered.AcceptCertificate"] = "names in a certificate",
            ["Strongroom.Verbs.DoctorChecks"] = "a value that the check itself sealed",
        };
        var comparing = Types("Strongroom").Where(type => Calls(type).Any(call => call.Name == "SequenceEqual" && call is GenericInstanceMethod { GenericArguments: [{ Name: "Byte" }] }))
            .Select(type => type.FullName).Order(StringComparer.Ordinal);

        comparing.ShouldBe(noSecrets.Keys.Order(StringComparer.Ordinal));
        foreach (var secret in new[] { "SignIn.Sessions.Ticket", "SignIn.Users.Activation", "SignIn.Signing.Signature", "Clients.Registered.Secrets", "Contact.Complaints.ComplaintLink", "Delivery.TakeSmsReceipt" })
            Types("Strongroom").Where(type => type.FullName.StartsWith($"Strongroom.Modules.{secret}", StringComparison.Ordinal))
                .ShouldContain(type => Calls(type).Any(call => call.Name == "FixedTimeEquals"), secret);
    }

    private static IEnumerable<TypeDefinition> Types(string assembly) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")).Types
        .Where(type => type.Namespace.StartsWith("Strongroom", StringComparison.Ordinal));

    private static List<string> Uses(TypeDefinition type) => [.. Code.NamedBy(type)
        .Where(named => IsCryptographic(named) && !OnlyWords.Contains(named.Name))
        .Select(named => named.DeclaringType is { } outer ? $"{outer.Name}.{named.Name}" : named.Name.Split('`')[0]).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsCryptographic(TypeReference named) => Code.NamespaceOf(named) switch
    {
        "OtpNet" => true,
        "Microsoft.AspNetCore.Identity" => Code.OutermostNameOf(named) is "PasswordHasher`1" or "IPasskeyHandler`1" or "PasskeyHandler`1",
        var space => space.StartsWith("System.Security.Cryptography", StringComparison.Ordinal) || space.StartsWith("NSec", StringComparison.Ordinal)
            || space.StartsWith("Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption", StringComparison.Ordinal) || space.StartsWith("Microsoft.IdentityModel.Tokens", StringComparison.Ordinal),
    };

    private static IEnumerable<MethodReference> Calls(TypeDefinition type) => Code.WithNested(type).SelectMany(part => part.Methods).Where(method => method.HasBody)
        .SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>();

    [GeneratedRegex(@"^(\| `Strongroom[\w.`]+` \| `[^|]+ \|)")]
    private static partial Regex Row();
}
