using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Data.Sealing;

/// <summary>One data key a person, wrapped by the bank's key. Destroying this row erases the person everywhere, the log's tree included.</summary>
public sealed class PersonKey
{
    public required PersonId Person { get; init; }

    public required int KekVersion { get; set; }

    public required byte[] Wrapped { get; set; }
}

internal sealed class PersonKeyTable : IEntityTypeConfiguration<PersonKey>
{
    public void Configure(EntityTypeBuilder<PersonKey> builder)
    {
        builder.ToTable("person_key");
        builder.HasKey(key => key.Person);
    }
}
