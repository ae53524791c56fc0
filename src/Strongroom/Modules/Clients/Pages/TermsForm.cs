using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Web;

namespace Strongroom.Modules.Clients.Pages;

public enum ClientReach { WholeBank, SomeBranches }

/// <summary>A client's terms as an administrator fills them in: a box a scope, branches by their codes.</summary>
public sealed class TermsForm : IValidatableObject
{
    [Required(ErrorMessage = "Enter a name"), StringLength(100, MinimumLength = 2, ErrorMessage = "A name has 2 to 100 characters")] public string? Name { get; set; }

    public bool LockersRead { get; set; }

    public bool CustomersRegister { get; set; }

    public bool VisitsRead { get; set; }

    public bool HoldsPlace { get; set; }

    public bool WebhooksManage { get; set; }

    [Required(ErrorMessage = "Choose where it may work")] public ClientReach? Reach { get; set; }

    [StringLength(2000, ErrorMessage = "Name fewer branches, or choose the whole bank")] public string? Branches { get; set; }

    [StringLength(500, ErrorMessage = "Write at most 500 characters; a network stands for many addresses")] public string? Networks { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Chosen().Count == 0) yield return new("Choose at least one thing that it may do", [nameof(LockersRead)]);
        if (Reach == ClientReach.SomeBranches && string.IsNullOrWhiteSpace(Branches)) yield return new("Enter the codes of the branches", [nameof(Branches)]);
    }

    internal static TermsForm Of(ClientDetail client, IReadOnlyDictionary<BranchId, string> codes) => new()
    {
        Name = client.Name,
        LockersRead = client.Scopes.Contains(Scopes.LockersRead),
        CustomersRegister = client.Scopes.Contains(Scopes.CustomersRegister),
        VisitsRead = client.Scopes.Contains(Scopes.VisitsRead),
        HoldsPlace = client.Scopes.Contains(Scopes.HoldsPlace),
        WebhooksManage = client.Scopes.Contains(Scopes.WebhooksManage),
        Reach = client.Branches is null ? ClientReach.WholeBank : ClientReach.SomeBranches,
        Branches = client.Branches is null ? null : string.Join(' ', client.Branches.Select(branch => codes[branch.Id])),
        Networks = client.Networks,
    };

    /// <returns>A code that no branch has, or the terms.</returns>
    internal async Task<(string? Unknown, ClientTerms Terms)> Read(StrongroomDb db)
    {
        if (Reach == ClientReach.WholeBank) return (null, new(Name!, Chosen(), null, Networks));
        var codes = (Branches ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        var found = await db.BranchFacts().Where(branch => codes.Contains(branch.Code)).ToDictionaryAsync(branch => branch.Code, branch => branch.Id);
        return (codes.Find(code => !found.ContainsKey(code)), new(Name!, Chosen(), [.. found.Values], Networks));
    }

    private List<string> Chosen() =>
    [
        .. new[] { (LockersRead, Scopes.LockersRead), (CustomersRegister, Scopes.CustomersRegister), (VisitsRead, Scopes.VisitsRead), (HoldsPlace, Scopes.HoldsPlace), (WebhooksManage, Scopes.WebhooksManage) }
            .Where(one => one.Item1).Select(one => one.Item2),
    ];
}
