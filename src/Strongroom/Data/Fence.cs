using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Strongroom.Data;

/// <summary>
/// A second fence, on PostgreSQL: while an account holder's request is served, the database itself shows and changes only rows of hires in which that
/// person is a party or an agent, whatever the query forgot to ask (ADR 36). Officers' requests, clients and jobs are not fenced: their branches and
/// cases are no matter of one person. It holds for a server whose role does not own the tables, as `doctor` says.
/// </summary>
internal static class Fence
{
    private const string Setting = "strongroom.holder";

    /// <summary>Each with the column that names its agreement.</summary>
    public static readonly IReadOnlyDictionary<string, string> Tables = new Dictionary<string, string>
    {
        ["agreement"] = "id",
        ["agreement_party"] = "agreement",
        ["agreement_document"] = "agreement",
        ["agent"] = "agreement",
        ["hold"] = "agreement",
        ["nomination"] = "agreement",
        ["recorded_nominee"] = "agreement",
        ["visit"] = "agreement",
    };

    /// <summary>Run at each migration, as the append-only triggers are: what is there is made anew.</summary>
    /// <remarks>
    /// The first question stands in a subquery, so that it is asked once a query and not once a row. The second one runs with its owner's rights:
    /// asking agreement_party by its own policy would never end.
    /// </remarks>
    public static string Sql() => $"""
        CREATE OR REPLACE FUNCTION strongroom_holder() RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('{Setting}', true), '')::uuid $$;
        CREATE OR REPLACE FUNCTION strongroom_holds(hire uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
        $$ SELECT EXISTS (SELECT 1 FROM agreement_party WHERE agreement = hire AND person = strongroom_holder())
            OR EXISTS (SELECT 1 FROM agent WHERE agreement = hire AND person = strongroom_holder()) $$;

        """ + string.Concat(Tables.Select(table => $"""
        ALTER TABLE {table.Key} ENABLE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS holder ON {table.Key};
        CREATE POLICY holder ON {table.Key} USING ((SELECT strongroom_holder()) IS NULL OR strongroom_holds({table.Value}));

        """));

    /// <summary>Puts it up on the context's connection, which stays open until the fence is taken down.</summary>
    public static async Task<IAsyncDisposable> Of(StrongroomDb db, PersonId holder, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await Set(db, holder.ToString());
        }
        catch
        {
            // It may be up although no answer came.
            ThrowAway(db);
            await db.Database.CloseConnectionAsync();
            throw;
        }
        return new Standing(db);
    }

    // Not given up halfway when the request is: nobody would know whether it is up.
    private static Task<int> Set(StrongroomDb db, string holder) =>
        db.Database.ExecuteSqlAsync($"SELECT set_config({Setting}, {holder}, false)", CancellationToken.None);

    /// <summary>Closed for good when it is given back: whoever got it from the pool would miss rows and not know.</summary>
    private static void ThrowAway(StrongroomDb db) => NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());

    private sealed class Standing(StrongroomDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // Connections go back to the pool as they are, and the next request may be an officer's.
                await Set(db, "");
            }
            catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
            {
                ThrowAway(db);
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }
}
