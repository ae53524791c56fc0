using System.ComponentModel.DataAnnotations;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>A person or an organisation about to be registered: what the counter's form, the staff's form and an import say of one.</summary>
public sealed record NewPerson
{
    [EnumDataType(typeof(PersonKind))]
    public PersonKind Kind { get; init; } = PersonKind.Natural;

    [Required, StringLength(200, MinimumLength = 2)]
    public string Name { get; init; } = "";

    /// <summary>The bank's customer number, where there is one.</summary>
    [StringLength(20), RegularExpression("[0-9A-Za-z-]+")]
    public string? Cif { get; init; }

    public DateOnly? BornOn { get; init; }

    [StringLength(500)]
    public string? Address { get; init; }

    /// <summary>ISO 639 language that the person is written to in.</summary>
    [Required, RegularExpression("[a-z]{2}")]
    public string Language { get; init; } = "en";

    [StringLength(254)]
    public string? Email { get; init; }

    [StringLength(30)]
    public string? Mobile { get; init; }

    /// <summary>Due diligence is done until this date (R0).</summary>
    public DateOnly? DueDiligenceReviewOn { get; init; }
}
