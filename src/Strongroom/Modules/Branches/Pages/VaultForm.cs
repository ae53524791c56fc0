using System.ComponentModel.DataAnnotations;
using Strongroom.Modules.Branches.Vaults;

namespace Strongroom.Modules.Branches.Pages;

public sealed class VaultForm
{
    [Required(ErrorMessage = "Enter the vault’s name"), StringLength(60, ErrorMessage = "A name has at most 60 characters")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter how many parties may be inside"), Range(1, 50, ErrorMessage = "1 to 50 parties may be inside at a time")]
    public int? PartyLimit { get; set; } = 3;

    internal VaultDetails Request => new(Name!, PartyLimit!.Value);
}
