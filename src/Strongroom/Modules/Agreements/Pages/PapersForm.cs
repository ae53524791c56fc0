namespace Strongroom.Modules.Agreements.Pages;

/// <summary>The dates of an agreement's papers; each may be unknown.</summary>
public class PapersForm
{
    public DateOnly? SignedOn { get; set; }

    public DateOnly? CopyDeliveredOn { get; set; }

    public DateOnly? RentPaidUntil { get; set; }
}
