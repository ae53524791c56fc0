using Strongroom.Modules.Access.Contracts;

namespace Strongroom.Web.Account;

/// <summary>A visit as its hirer is told of it.</summary>
internal static class VisitWords
{
    public static string Of(VisitFacts visit) => visit.State switch
    {
        VisitState.Closed or VisitState.Locked => "Opened and locked again",
        VisitState.Alone => "Open now",
        VisitState.Refused => "Not admitted",
        VisitState.Left or VisitState.Aborted => "Ended without opening",
        VisitState.Waiting or VisitState.Identified or VisitState.Admitted => "Going on now",
    };

    public static string Of(IdentityCheck check) => check switch
    {
        IdentityCheck.PhotographCompared => "The officer compared the face with the photograph we keep",
        IdentityCheck.IdentityDocument => "The officer saw an identity document",
        IdentityCheck.KnownToOfficer => "The officer knows the person",
    };

    /// <summary>The decision in one plain sentence; a refusal has its own words.</summary>
    public static string? Of(Answer? decided) => decided switch
    {
        Answer.Pass => "Admitted: everything was in order.",
        Answer.Warn => "Admitted: the officer noted something that is still to be put in order.",
        Answer.Refuse => "Not admitted.",
        null => null,
    };
}
