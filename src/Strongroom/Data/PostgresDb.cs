using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data;

public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : StrongroomDb(options)
{
    public override bool OneWriter => false;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // SQLite compares bytes anyhow.
        foreach (var column in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(column => column.FindAnnotation(Conventions.ByteOrder) is not null))
            column.SetCollation("C");
    }
}
