using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Pages;

internal static class RelationWords
{
    public static string Of(Relation relation) => relation switch
    {
        Relation.Spouse => "spouse",
        Relation.Parent => "parent",
        Relation.Child => "child",
        Relation.Sibling => "brother or sister",
        Relation.Grandparent => "grandparent",
        Relation.Grandchild => "grandchild",
        Relation.InLaw => "in-law",
        Relation.SameHousehold => "lives in the same household",
    };
}
