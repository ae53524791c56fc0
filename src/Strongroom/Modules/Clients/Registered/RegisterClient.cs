using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Clients.Registered;

/// <param name="Branches">Where it may work; null for the whole bank.</param>
/// <param name="Networks">Addresses and networks that it may come from; null for any.</param>
public sealed record ClientTerms(
    [property: Required, StringLength(ClientTables.NameLength, MinimumLength = 2)] string Name,
    [property: Required, Length(1, 20)] IReadOnlyList<string> Scopes,
    [property: MaxLength(500)] IReadOnlyList<BranchId>? Branches,
    [property: StringLength(ClientTables.NetworksLength)] string? Networks);

/// <param name="Secret">Shown now and never again.</param>
public sealed record ClientRegistered(ClientId Id, string Secret) : IShownOnce;

internal sealed class RegisterClient(StrongroomDb db, Write write)
{
    public Task<Outcome<ClientRegistered>> Handle(ClientTerms request, CancellationToken cancel) =>
        write.Do<ClientRegistered>("clients.register", request, async act =>
        {
            if (!act.Actor.MayEverywhere(ClientsRights.Write)) return new NotYours();
            var client = ApiClient.New(act.NewId<Noun.Client>(), request.Name, act);
            if (await db.Apply(client, request, [], cancel) is { } refusal) return refusal;
            db.Add(client);
            var secret = db.NewSecret(act, client);
            db.Append(act, client.Saying(new Event(ClientsAudit.Registered), request.Branches));
            return new ClientRegistered(client.Key, secret);
        }, cancel);
}

internal static class Terms
{
    /// <summary>Writes the terms to the row, or says why not.</summary>
    public static async Task<Refusal?> Apply(this StrongroomDb db, ApiClient client, ClientTerms terms, IReadOnlyCollection<ClientBranch> before, CancellationToken cancel)
    {
        if (terms.Scopes.FirstOrDefault(scope => !ScopeGrants.Exists(scope)) is { } unknown) return new ScopeUnknown(unknown) { Field = nameof(terms.Scopes) };
        if (terms.Scopes.Count == 0) return new ScopesMissing { Field = nameof(terms.Scopes) };
        if (terms.Branches is { Count: 0 }) return new BranchesMissing { Field = nameof(terms.Branches) };
        if (!Clients.Networks.TryRead(terms.Networks, out var networks) || networks?.Length > ClientTables.NetworksLength) return new NetworksNotUnderstood { Field = nameof(terms.Networks) };
        var wanted = terms.Branches?.Distinct().ToList() ?? [];
        if (await db.BranchFacts().CountAsync(row => wanted.Contains(row.Id), cancel) != wanted.Count) return new NoSuch("branch") { Field = nameof(terms.Branches) };

        client.DisplayName = terms.Name;
        client.SetScopes([.. terms.Scopes]);
        client.WholeBank = terms.Branches is null;
        client.Networks = networks;
        db.RemoveRange(before.Where(row => !wanted.Contains(row.Branch)));
        db.AddRange(wanted.Except(before.Select(row => row.Branch)).Select(branch => new ClientBranch { Client = client.Id, Branch = branch }));
        return null;
    }

    /// <summary>What the client may do and where, in the event: the terms of that moment can be read there for ever.</summary>
    public static Event Saying(this ApiClient client, Event happened, IReadOnlyList<BranchId>? branches) => happened.About(client.Key)
        .About((branches ?? []).Select(Subject.Of))
        .With("scopes", string.Join(' ', client.GetScopes())).With("where", branches is null ? "whole bank" : $"{branches.Count} branch(es)")
        .With("networks", client.Networks);
}
