using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Tests.Architecture;

/// <summary>What tables may look like, on both databases.</summary>
public abstract partial class SchemaShapeTests(BuiltServer server) : IClassFixture<BuiltServer>, IDisposable
{
    private static readonly Type[] NoColumn = [typeof(decimal), typeof(DateTimeOffset), typeof(float), typeof(double), typeof(TimeSpan)];

    internal abstract StrongroomDb Db { get; }

    private IEnumerable<IEntityType> Tables => Db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null);

    private IEnumerable<IProperty> Columns => Tables.SelectMany(table => table.GetProperties());

    [Fact]
    public void The_tables_are_as_the_last_migration_left_them() => Db.Database.HasPendingModelChanges().ShouldBeFalse("run eng/migrate NAME");

    [Fact]
    public void No_column_holds_a_fraction_or_a_time_with_a_zone() =>
        Columns.Where(column => NoColumn.Contains(Stored(column))).Select(Name).ShouldBeEmpty();

    [Fact]
    public void Every_instant_is_stored_in_UTC_to_the_millisecond() =>
        Columns.Where(column => Bare(column.ClrType) == typeof(DateTime) && column.GetTypeMapping().Converter is null).Select(Name).ShouldBeEmpty();

    [Fact]
    public void Our_own_rows_have_no_time_with_a_zone() =>
        Columns.Where(column => Bare(column.ClrType) == typeof(DateTimeOffset) && column.PropertyInfo?.DeclaringType?.Assembly == typeof(StrongroomApp).Assembly).Select(Name).ShouldBeEmpty();

    [Fact]
    public void A_text_that_must_be_unique_has_a_longest_length() =>
        Tables.SelectMany(table => (table.FindPrimaryKey()?.Properties ?? []).Concat(table.GetIndexes().Where(index => index.IsUnique).SelectMany(index => index.Properties)))
            .Distinct().Where(column => Stored(column) == typeof(string) && column.GetMaxLength() is null)
            .Where(column => column.PropertyInfo?.DeclaringType?.Assembly == typeof(StrongroomApp).Assembly).Select(Name).ShouldBeEmpty();

    [Fact]
    public void No_two_unique_indexes_of_a_table_have_the_same_columns() =>
        Tables.SelectMany(table => table.GetIndexes().Where(index => index.IsUnique).Select(index => $"{table.GetTableName()}({Join(index)})"))
            .GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();

    [Fact]
    public void A_partial_index_asks_only_for_nothing_or_for_a_state() =>
        Tables.SelectMany(table => table.GetIndexes()).Where(index => index.GetFilter() is { } filter && !FilterForm().IsMatch(filter))
            .Select(index => $"{index.DeclaringEntityType.GetTableName()}: {index.GetFilter()}").ShouldBeEmpty();

    [Fact]
    public void Every_only_one_rule_is_an_index_and_every_index_has_its_words()
    {
        var rules = server.App.Services.GetRequiredService<OnlyOneRules>().All.Select(rule => $"{rule.Table}({Collision.Join(rule.Columns)})").ToList();
        var unique = Tables.Where(table => table.ClrType.Assembly == typeof(StrongroomApp).Assembly)
            .SelectMany(table => table.GetIndexes().Where(index => index.IsUnique).Select(index => $"{table.GetTableName()}({Join(index)})")).Distinct().ToList();
        var keys = Tables.Select(table => $"{table.GetTableName()}({Collision.Join(table.FindPrimaryKey()?.Properties.Select(column => column.GetColumnName()) ?? [])})");

        rules.Except(unique).Except(keys).ShouldBeEmpty("these rules name no unique index");
        unique.Except(rules).Except(NeverHitByPeople).ShouldBeEmpty("these unique indexes have no refusal (AddOnlyOne)");
        rules.GroupBy(rule => rule).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void What_people_edit_carries_its_version() =>
        Tables.Where(table => typeof(IVersioned).IsAssignableFrom(table.ClrType) && !table.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken)
            .Select(table => table.GetTableName()).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_deleted_by_cascade() =>
        Tables.SelectMany(table => table.GetForeignKeys()).Where(reference => !reference.IsOwnership && reference.DeleteBehavior != DeleteBehavior.Restrict)
            .Select(reference => $"{reference.DeclaringEntityType.GetTableName()} → {reference.PrincipalEntityType.GetTableName()}").ShouldBeEmpty();

    [Fact]
    public void Every_sealed_value_lies_in_its_envelope() =>
        Columns.Where(column => column.ClrType.IsGenericType && column.ClrType.GetGenericTypeDefinition() == typeof(Sealed<>) && Stored(column) != typeof(byte[])).Select(Name).ShouldBeEmpty();

    /// <summary>Unique indexes that only the machinery writes to: hitting one is a bug and stays an exception.</summary>
    private static readonly string[] NeverHitByPeople = ["recovery_code(code,user)"];

    private static string Join(IIndex index) => Collision.Join(index.Properties.Select(column => column.GetColumnName()));

    private static string Name(IProperty column) => $"{column.DeclaringType.GetTableName()}.{column.GetColumnName()}";

    private static Type Stored(IProperty column) => Bare(column.GetTypeMapping().Converter?.ProviderClrType ?? column.ClrType);

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    // "ended_at" IS NULL · state = 'Open' · state IN ('Open', 'Waiting') · joined by AND
    [GeneratedRegex("""^("?\w+"? (IS( NOT)? NULL|(=|<>) '\w+'|(NOT )?IN \('\w+'(, ?'\w+')*\)))( AND ("?\w+"? (IS( NOT)? NULL|(=|<>) '\w+'|(NOT )?IN \('\w+'(, ?'\w+')*\))))*$""")]
    private static partial Regex FilterForm();

    public void Dispose()
    {
        Db.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class Schema_shape_on_sqlite(BuiltServer server) : SchemaShapeTests(server)
{
    internal override StrongroomDb Db { get; } = ((IDesignTimeDbContextFactory<SqliteDb>)new SqliteDesign()).CreateDbContext([]);
}

public sealed class Schema_shape_on_postgres(BuiltServer server) : SchemaShapeTests(server)
{
    internal override StrongroomDb Db { get; } = ((IDesignTimeDbContextFactory<PostgresDb>)new PostgresDesign()).CreateDbContext([]);
}
