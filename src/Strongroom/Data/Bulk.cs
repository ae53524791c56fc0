using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Strongroom.Data;

/// <summary>
/// Many new rows for one save: COPY on PostgreSQL, one prepared insert on SQLite, a hundred times quicker than a tracked row each. It only inserts; what
/// edits goes through <see cref="Write"/>. Modules add their rows by their own Take contracts, so that none writes another's table.
/// </summary>
public sealed class Bulk
{
    private readonly Dictionary<Type, List<object>> rows = [];
    private readonly List<Type> order = [];

    public int Count { get; private set; }

    internal IEnumerable<Type> Types => rows.Keys;

    internal void Add<TRow>(TRow row) where TRow : class
    {
        if (!rows.TryGetValue(typeof(TRow), out var list)) rows.Add(typeof(TRow), list = []);
        list.Add(row);
        order.Add(typeof(TRow));
        Count++;
    }

    /// <summary>Forgets what was added since <see cref="Count"/> was <paramref name="mark"/>: a row of a register is taken whole or not at all.</summary>
    public void RollBack(int mark)
    {
        for (; Count > mark; Count--)
        {
            var list = rows[order[^1]];
            list.RemoveAt(list.Count - 1);
            order.RemoveAt(order.Count - 1);
        }
    }

    /// <summary>Inserts within the caller's transaction, referenced tables first.</summary>
    internal async Task Insert(StrongroomDb db, CancellationToken cancel)
    {
        foreach (var table in InOrder(db.Model, rows.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key)))
        {
            var columns = table.GetProperties().Select(property => new BulkColumn(property)).ToArray();
            if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await Copy(postgres, table, columns, rows[table.ClrType], cancel);
            else await Prepared(db, table, columns, rows[table.ClrType], cancel);
        }
    }

    private static async Task Copy(NpgsqlConnection connection, IEntityType table, BulkColumn[] columns, List<object> rows, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY \"{table.GetTableName()}\" ({Names(columns)}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            foreach (var column in columns)
            {
                if (column.ValueOf(row) is { } value) await copy.WriteAsync(value, column.StoreType, cancel);
                else await copy.WriteNullAsync(cancel);
            }
        }
        await copy.CompleteAsync(cancel);
    }

    private static async Task Prepared(StrongroomDb db, IEntityType table, BulkColumn[] columns, List<object> rows, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO \"{table.GetTableName()}\" ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, at) => $"@p{at}"))})";
        var parameters = columns.Select((column, at) => column.Parameter(command, $"@p{at}")).ToArray();
        command.Parameters.AddRange(parameters);
        foreach (var row in rows)
        {
            for (var at = 0; at < columns.Length; at++) parameters[at].Value = columns[at].ValueOf(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string Names(BulkColumn[] columns) => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

    private static List<IEntityType> InOrder(IModel model, IEnumerable<Type> types)
    {
        var wanted = types.Select(type => model.FindEntityType(type)!).ToHashSet();
        List<IEntityType> ordered = [];
        foreach (var table in wanted) Visit(table);
        return ordered;

        void Visit(IEntityType table)
        {
            if (ordered.Contains(table)) return;
            foreach (var referenced in table.GetForeignKeys().Select(key => key.PrincipalEntityType).Where(one => one != table && wanted.Contains(one))) Visit(referenced);
            ordered.Add(table);
        }
    }

    /// <summary>A column as both databases store it: the same conversion that a tracked row would go through.</summary>
    private sealed class BulkColumn(IProperty property)
    {
        private readonly RelationalTypeMapping mapping = property.GetRelationalTypeMapping();
        private readonly bool isVersion = property.Name == nameof(IVersioned.Version) && typeof(IVersioned).IsAssignableFrom(property.DeclaringType.ClrType);
        private readonly Func<object, object?> read = property.PropertyInfo!.GetValue;

        public string Name { get; } = property.GetColumnName();

        /// <summary>"character varying(40)" is written as "character varying".</summary>
        public string StoreType { get; } = property.GetColumnType().Split('(')[0];

        public object? ValueOf(object row)
        {
            if (isVersion) return 1L;
            var value = read(row);
            return value is null || mapping.Converter is null ? value : mapping.Converter.ConvertToProvider(value);
        }

        public DbParameter Parameter(DbCommand command, string name) => mapping.CreateParameter(command, name, null, nullable: true);
    }
}
