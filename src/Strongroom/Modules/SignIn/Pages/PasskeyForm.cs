using System.ComponentModel.DataAnnotations;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.SignIn.Pages;

/// <summary>What the script fills in when a passkey was used.</summary>
public sealed class PasskeyForm
{
    public Choice Challenge { get; set; }

    [Required(ErrorMessage = "This browser used no passkey. Try again, or take the other way on this page.")]
    public string? Credential { get; set; }
}
