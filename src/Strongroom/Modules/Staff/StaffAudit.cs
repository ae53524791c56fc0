using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Staff;

internal static class StaffAudit
{
    public static readonly AuditKind
        OfficerAdded = new("staff.officer-added", "Entered as an officer"),
        DutiesClash = new("staff.duties-clash", "Roles stand together that one person may not hold; the later grants nothing"),
        Posted = new("staff.posted", "Posted"),
        PostingConfirmed = new("staff.posting-confirmed", "Role looked at and confirmed for another year"),
        PostingLapsed = new("staff.posting-lapsed", "Role grants nothing any more: nobody confirmed it"),
        RecertificationReminded = new("staff.recertification-reminded", "Administrators reminded of roles that are to be confirmed"),
        PostingEnded = new("staff.posting-ended", "Posting ended"),
        Invited = new("staff.invited", "Sign-in offered"),
        StartedOver = new("staff.started-over", "Sign-in offered anew"),
        TrainingRecorded = new("staff.training-recorded", "Training recorded"),
        RelativeDeclared = new("staff.relative-declared", "Relative declared"),
        RelativesConfirmed = new("staff.relatives-confirmed", "List of relatives confirmed for a year"),
        RelativeWithdrawn = new("staff.relative-withdrawn", "Declaration of a relative withdrawn"),
        EmergencyAsked = new("staff.emergency-asked", "About to take emergency access"),
        EmergencyOpened = new("staff.emergency-opened", "ALARM: emergency access taken"),
        EmergencyEnded = new("staff.emergency-ended", "Emergency access over"),
        EmergencyReviewed = new("staff.emergency-reviewed", "Emergency access reviewed"),
        OfficerLeft = new("staff.officer-left", "Left the bank's service");
}
