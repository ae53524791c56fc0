namespace Strongroom.Modules;

/// <summary>
/// The whole dependency rule: a module sees the Contracts of modules earlier in this list, never later.
/// Downwards goes a query or a command on a contract; upwards goes an event only.
/// </summary>
internal static class Order
{
    public static readonly string[] Modules =
    [
        "Audit", "Delivery", "SignIn", "Approvals", "Policies",
        "Branches", "Customers", "Staff", "Keys", "Agreements",
        "Access",
        "Contact",
        "Clients",
        "Exchange",
    ];
}
