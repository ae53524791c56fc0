using System.ComponentModel.DataAnnotations;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Pages;

/// <summary>What the office types of a branch, new or changed.</summary>
public sealed class BranchForm
{
    [Required(ErrorMessage = "Enter the branch’s code"), StringLength(20, ErrorMessage = "A code has at most 20 characters"),
     RegularExpression("[A-Za-z0-9-]+", ErrorMessage = "A code has letters, digits and hyphens only")]
    public string? Code { get; set; }

    [Required(ErrorMessage = "Enter the branch’s name"), StringLength(100, ErrorMessage = "A name has at most 100 characters")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Enter the time zone, such as Asia/Kolkata"), StringLength(60, ErrorMessage = "Enter an IANA name, such as Asia/Kolkata")]
    public string? Zone { get; set; } = "Asia/Kolkata";

    [Required(ErrorMessage = "Choose the law the branch stands under")]
    public string? Jurisdiction { get; set; }

    [Required(ErrorMessage = "Choose where the branch lies")]
    public LocationClass? LocationClass { get; set; }

    internal BranchDetails Request => new(Code!, Name!, Zone!, Jurisdiction!, LocationClass!.Value);
}
