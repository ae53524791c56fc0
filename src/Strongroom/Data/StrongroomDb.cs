using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Query;
using Strongroom.Modules.Audit;

namespace Strongroom.Data;

/// <summary>
/// The bank's database, without a property per table: each module shows its own tables to itself.
/// Saving bumps the version of what changed and of what the decision leaned on, and throws when nobody said in the log what was done.
/// </summary>
public abstract class StrongroomDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>True for the single-file database: one writer at a time, and relays by one worker.</summary>
    public abstract bool OneWriter { get; }

    /// <summary>
    /// Names a row that was only read but carries the decision: saving bumps its version too, so that two decisions
    /// leaning on the same row always conflict. Tracked already or not, the version read is the one that must still be there.
    /// </summary>
    internal void LeanOn<TEntity>(TEntity row) where TEntity : class, IVersioned
    {
        var entry = Entry(row);
        if (entry.State == EntityState.Detached) entry.State = EntityState.Unchanged;
        if (entry.State == EntityState.Unchanged) entry.Property(nameof(IVersioned.Version)).IsModified = true;
    }

    /// <summary>For Data Protection's key store alone, which knows no other way.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        ChangeTracker.Entries().All(entry => entry.State == EntityState.Unchanged || entry.Entity is DataProtectionKey)
            ? base.SaveChanges(acceptAllChangesOnSuccess)
            : throw new NotSupportedException("Saving is asynchronous: SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var changed = ChangeTracker.Entries()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        if (changed.Count == 0) return 0;

        DemandAuditEvent(changed);
        foreach (var entry in changed)
            BumpVersion(entry);

        using (await WaitToWrite(cancellationToken))
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>
    /// Saves many new rows together with what is tracked, in one transaction: the audit event that says what they are must be among the tracked.
    /// </summary>
    public async Task SaveWith(Bulk bulk, CancellationToken cancel)
    {
        if (!ChangeTracker.Entries().Any(entry => entry is { State: EntityState.Added, Entity: AuditEvent }))
            throw new InvalidOperationException("Rows were about to be inserted in bulk without an audit event. Append one in the same act.");
        using (await WaitToWrite(cancel))
        {
            await using var transaction = await Database.BeginTransactionAsync(cancel);
            await bulk.Insert(this, cancel);
            foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
                BumpVersion(entry);
            await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>
    /// For the machinery's own tables: what is tracked first, then the many, in one transaction. A row of the tracked that another changed meanwhile (a lease)
    /// ends it before anything was inserted.
    /// </summary>
    internal async Task SaveTechnical(Bulk bulk, CancellationToken cancel)
    {
        if (!bulk.Types.All(Technical.Tables.Contains)) throw new InvalidOperationException("Business rows in bulk need an audit event: SaveWith.");
        DemandAuditEvent([.. ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)]);
        using (await WaitToWrite(cancel))
        {
            await using var transaction = await Database.BeginTransactionAsync(cancel);
            await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancel);
            await bulk.Insert(this, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>
    /// Changes rows of the machinery's own by one statement, which reads no version and so loses no race, and saves the event that says so in the same transaction. It
    /// stands at the end of an act: nothing else may be tracked.
    /// </summary>
    /// <param name="told">Appends the event, given how many rows were changed.</param>
    internal async Task<int> ChangeAll<TRow>(IQueryable<TRow> rows, Action<UpdateSettersBuilder<TRow>> change, Action<int> told, CancellationToken cancel) where TRow : class, IVersioned
    {
        if (!Technical.Tables.Contains(typeof(TRow)) || ChangeTracker.HasChanges()) throw new InvalidOperationException("Business rows are changed by the act that read them.");
        for (var again = 0; ; again++)
        {
            try
            {
                using (await WaitToWrite(cancel))
                {
                    await using var transaction = await Database.BeginTransactionAsync(cancel);
                    // Who holds one of them still must read it again.
                    var changed = await rows.ExecuteUpdateAsync(setters =>
                    {
                        change(setters);
                        setters.SetProperty(row => EF.Property<long>(row, nameof(IVersioned.Version)), row => EF.Property<long>(row, nameof(IVersioned.Version)) + 1);
                    }, cancel);
                    told(changed);
                    await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancel);
                    await transaction.CommitAsync(cancel);
                    return changed;
                }
            }
            catch (Exception broken) when (again < 2 && Collision.Of(broken, this) is Collision.LostRace)
            {
                // It and another that changes several of the rows waited for each other, and the database ended this one.
                ChangeTracker.Clear();
            }
        }
    }

    /// <summary>SQLite has one writer; waiting in a fair queue beats sleeping until the file is free.</summary>
    protected virtual Task<IDisposable?> WaitToWrite(CancellationToken cancel) => Task.FromResult<IDisposable?>(null);

    private static void DemandAuditEvent(List<EntityEntry> changed)
    {
        var business = changed.Find(entry => !Technical.Tables.Contains(entry.Metadata.ClrType));
        if (business is not null && !changed.Exists(entry => entry is { State: EntityState.Added, Entity: AuditEvent }))
            throw new InvalidOperationException(
                $"A change of {business.Metadata.ClrType.Name} was about to be saved without an audit event. Append one in the same act.");
    }

    private static void BumpVersion(EntityEntry entry)
    {
        if (entry.Entity is not IVersioned) return;
        var version = entry.Property(nameof(IVersioned.Version));
        if (entry.State == EntityState.Modified) version.CurrentValue = (long)version.OriginalValue! + 1;
        else if (entry.State == EntityState.Added) version.CurrentValue = 1L;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(StrongroomDb).Assembly);
        References.Declare(modelBuilder);
        Conventions.Finish(modelBuilder);
    }
}

/// <summary>A row that people edit: its version is its ETag, and the concurrency token of every update.</summary>
public interface IVersioned
{
    long Version { get; }
}
