using System.Collections.Frozen;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>
/// Which role may do what: the one table. A right is named as its module names it; the words stand here as text, because later
/// modules cannot be seen from here, and a test proves that table and modules agree in both directions.
/// </summary>
internal static class Rights
{
    private static readonly FrozenDictionary<Role, FrozenSet<string>> Table = new Dictionary<Role, FrozenSet<string>>
    {
        // Set-up, users, policies; sees no customer and no visit.
        [Role.Admin] = Set(
            "branches.read", "branches.write", "policies.read", "policies.set", "staff.read", "staff.write", "staff.review", "signin.invite", "exchange.import", "templates.try", "approvals.read", "audit.let-files-out",
            "clients.read", "clients.write", "clients.webhooks"),

        // A branch's approvals, exceptions, warnings and reports; may also work at the counter, never in the vault.
        [Role.Manager] = Set(
            "branches.read", "branches.condition", "branches.inspect", "branches.out-of-hours", "policies.read", "staff.read", "staff.relatives",
            "customers.read", "customers.write", "signin.invite",
            "agreements.read", "agreements.write", "agreements.vacancies", "agreements.hold", "agreements.lift", "agreements.unfreeze",
            "keys.read", "keys.write", "keys.handover", "keys.check", "keys.replace",
            "access.read", "access.receive", "access.day", "access.warnings",
            "delivery.read", "delivery.post", "contact.read", "contact.complaints", "exchange.settle", "exchange.merge", "audit.timeline", "audit.read",
            "approvals.read", "audit.let-files-out"),

        // Vault, keys, visits.
        [Role.Custodian] = Set(
            "branches.read", "branches.condition", "branches.inspect", "policies.read",
            "customers.read",
            "agreements.read", "agreements.hold",
            "keys.read", "keys.write", "keys.handover",
            "access.read", "access.receive", "access.serve", "access.day",
            "approvals.read", "audit.timeline"),

        // Customers, applications, agreements, receipts.
        [Role.CounterOfficer] = Set(
            "branches.read",
            "customers.read", "customers.write", "signin.invite",
            "agreements.read", "agreements.write", "agreements.vacancies", "agreements.unfreeze",
            "access.read", "access.receive",
            "delivery.post", "approvals.read"),

        // Alarms and camera references.
        [Role.Security] = Set("branches.read"),

        // Reads all of its scope, changes nothing; says what it thinks of emergencies.
        [Role.Auditor] = Set(
            "branches.read", "policies.read", "staff.read", "staff.review", "staff.relatives", "customers.read", "agreements.read", "keys.read", "access.read",
            "delivery.read", "contact.read", "approvals.read", "clients.read", "audit.timeline", "audit.read"),
    }.ToFrozenDictionary();

    /// <summary>
    /// What no emergency gives: to decide what others asked for, to lift what stops a locker, to let people into the bank's systems, and whatever can wait for
    /// somebody who is posted.
    /// </summary>
    public static readonly FrozenSet<string> NeverInEmergency = Set(
        "approvals.read", "audit.let-files-out", "keys.replace", "staff.read", "staff.relatives", "signin.invite", "branches.out-of-hours", "agreements.lift", "agreements.unfreeze", "access.warnings", "contact.complaints", "exchange.settle", "exchange.merge", "audit.read");

    public static IReadOnlySet<string> Of(Role role) => Table[role];

    /// <summary>What the role lets its holder do where they have it by emergency access.</summary>
    public static IReadOnlySet<string> InEmergency(Role role) => Table[role].Except(NeverInEmergency).ToHashSet(StringComparer.Ordinal);

    private static FrozenSet<string> Set(params string[] rights) => rights.ToFrozenSet(StringComparer.Ordinal);
}
