using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data;

public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : StrongroomDb(options)
{
    public override bool OneWriter => false;
}
