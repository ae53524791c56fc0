using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Approving;

/// <summary>Requests in the words of the pages.</summary>
internal static class ApprovalStates
{
    public static string Of(ApprovalState state) => state switch
    {
        ApprovalState.Waiting => "waiting",
        ApprovalState.Approved => "approved, not yet done",
        ApprovalState.Done => "done",
        ApprovalState.Rejected => "rejected",
        ApprovalState.Withdrawn => "withdrawn",
        ApprovalState.Expired => "not decided in time",
    };

    public static Tone ToneOf(ApprovalState state) => state switch
    {
        ApprovalState.Waiting or ApprovalState.Approved => Tone.Waits,
        ApprovalState.Done => Tone.Done,
        ApprovalState.Rejected => Tone.Danger,
        ApprovalState.Withdrawn or ApprovalState.Expired => Tone.Neutral,
    };

    public static string Of(ApprovalStepLine step) => step.Step switch
    {
        "Made" => "Asked",
        "Approved" => "Approved",
        "Rejected" => $"Rejected: {step.Reason}",
        "Withdrawn" => "Withdrawn",
        "Expired" => "Not decided in time",
        "Used" => "Carried out",
        _ => step.Step,
    };
}
