using Strongroom.Modules.Access.Contracts;

namespace Strongroom.Modules.Access.Visits;

/// <summary>The acts of an officer on a visit. Check-in makes it and so is none of these.</summary>
public enum VisitAct { Identify, Admit, LeaveAlone, Lock, CheckOut, Undo, Leave, Abort }

/// <summary>
/// R19b. Each act is undone until the next, except *alone*: once the door was opened that cannot be unsaid. A visit leaves before admission,
/// and is aborted after it, before the door is open.
/// </summary>
internal static class VisitLife
{
    /// <summary>The state after an act; null when the act does not fit the state.</summary>
    public static VisitState? After(VisitState state, VisitAct act) => (state, act) switch
    {
        (VisitState.Waiting, VisitAct.Identify) => VisitState.Identified,
        (VisitState.Identified, VisitAct.Admit) => VisitState.Admitted,
        (VisitState.Admitted, VisitAct.LeaveAlone) => VisitState.Alone,
        (VisitState.Alone, VisitAct.Lock) => VisitState.Locked,
        (VisitState.Locked, VisitAct.CheckOut) => VisitState.Closed,

        (VisitState.Identified, VisitAct.Undo) => VisitState.Waiting,
        (VisitState.Admitted, VisitAct.Undo) => VisitState.Identified,
        (VisitState.Locked, VisitAct.Undo) => VisitState.Alone,
        (VisitState.Closed, VisitAct.Undo) => VisitState.Locked,

        (VisitState.Waiting or VisitState.Identified, VisitAct.Leave) => VisitState.Left,
        (VisitState.Admitted, VisitAct.Abort) => VisitState.Aborted,
        _ => null,
    };

    /// <summary>Whether the party counts as inside the vault.</summary>
    public static bool Inside(VisitState state) => state is VisitState.Admitted or VisitState.Alone or VisitState.Locked;

    public static bool Ended(VisitState state) => state is VisitState.Closed or VisitState.Refused or VisitState.Left or VisitState.Aborted;

    /// <summary>What an officer says about a state.</summary>
    public static string Words(VisitState state) => state switch
    {
        VisitState.Waiting => "waiting",
        VisitState.Identified => "identified",
        VisitState.Admitted => "admitted to the vault",
        VisitState.Alone => "alone at the locker",
        VisitState.Locked => "locked, on the way out",
        VisitState.Closed => "closed",
        VisitState.Refused => "refused",
        VisitState.Left => "left before admission",
        VisitState.Aborted => "aborted",
    };

    /// <summary>How the operator signed, in a word.</summary>
    public static string Words(OperatorSign sign) => sign switch
    {
        OperatorSign.SlipSigned => "on the slip",
        OperatorSign.OwnPasskey => "by passkey",
        OperatorSign.ThumbImpression => "by thumb",
        OperatorSign.DrawnOnScreen => "on the screen",
    };
}
