using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Policies;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Modules.Staff;

namespace Strongroom.Data;

/// <summary>Foreign keys from one module's table to another's: the only file that sees every entity. All restrict: nothing vanishes by cascade.</summary>
internal static class References
{
    public static void Declare(ModelBuilder model)
    {
        model.Entity<PolicyVersion>(version =>
        {
            version.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            version.HasOne<Person>().WithMany().HasForeignKey(row => row.MadeBy);
        });
        model.Entity<Officer>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Posting>().HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
        model.Entity<Relative>().HasOne<Person>().WithMany().HasForeignKey(row => row.Person);
        model.Entity<Key>(key =>
        {
            key.HasOne<Branch>().WithMany().HasForeignKey(row => row.Branch);
            key.HasOne<Vault>().WithMany().HasForeignKey(row => row.Vault);
            key.HasOne<Locker>().WithMany().HasForeignKey(row => row.Locker);
        });
        model.Entity<Custody>(custody =>
        {
            custody.HasOne<Person>().WithMany().HasForeignKey(row => row.Holder);
            custody.HasOne<Signature>().WithMany().HasForeignKey(row => row.GivenBy);
            custody.HasOne<Signature>().WithMany().HasForeignKey(row => row.TakenBy);
        });
    }
}
