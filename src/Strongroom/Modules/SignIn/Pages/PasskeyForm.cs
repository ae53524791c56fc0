using System.ComponentModel.DataAnnotations;

namespace Strongroom.Modules.SignIn.Pages;

/// <summary>What the script fills in when a passkey was used.</summary>
public sealed class PasskeyForm
{
    public Guid? Challenge { get; set; }

    [Required(ErrorMessage = "This browser used no passkey. Try again, or take the other way on this page.")]
    public string? Credential { get; set; }
}
