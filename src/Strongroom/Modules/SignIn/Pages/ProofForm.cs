using System.ComponentModel.DataAnnotations;

namespace Strongroom.Modules.SignIn.Pages;

/// <summary>Password and code of the signed-in person.</summary>
public sealed class ProofForm
{
    [Required(ErrorMessage = "Enter your password"), StringLength(SignInLimits.PasswordMost, ErrorMessage = "A password has at most 128 characters")]
    public string? Password { get; set; }

    [Required(ErrorMessage = "Enter the code of your app"), StringLength(20, ErrorMessage = "A code has six digits")]
    public string? Code { get; set; }
}
