namespace Strongroom.Modules.Customers;

internal static class CustomersRights
{
    public const string Read = "customers.read", Write = "customers.write";

    /// <summary>Named by SignIn, whose act it is; the button stands on the person's page.</summary>
    public const string Invite = "signin.invite";

    /// <summary>Named by Exchange, which merges two records of one person; the link stands on the person's page.</summary>
    public const string Merge = "exchange.merge";

    /// <summary>Named by Agreements, whose parties account holders are; their own addresses and consents are kept here.</summary>
    public const string Account = "account.read";
}
