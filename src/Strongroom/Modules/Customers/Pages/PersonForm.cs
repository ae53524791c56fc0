using System.ComponentModel.DataAnnotations;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Customers.Pages;

/// <summary>The particulars that are asked for at registration and that can be edited later.</summary>
public class PersonForm
{
    public static IReadOnlyList<Option<string?>> Languages { get; } = [new("en", "English"), new("hi", "हिन्दी (Hindi)")];

    [Required(ErrorMessage = "Enter the full name"), StringLength(200, MinimumLength = 2, ErrorMessage = "A name has 2 to 200 letters")]
    public string? Name { get; set; }

    [StringLength(20, ErrorMessage = "A customer number has at most 20 characters")]
    [RegularExpression("[0-9A-Za-z-]+", ErrorMessage = "A customer number has letters, digits and hyphens only")]
    public string? Cif { get; set; }

    public DateOnly? BornOn { get; set; }

    [StringLength(500, ErrorMessage = "Keep the address under 500 characters")]
    public string? Address { get; set; }

    [Required(ErrorMessage = "Choose a language")]
    public string? Language { get; set; } = "en";
}
