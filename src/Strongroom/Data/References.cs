using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Strongroom.Data;

/// <summary>Foreign keys from one module's table to another's: the only file that sees every entity. All restrict: nothing vanishes by cascade.</summary>
internal static class References
{
    public static void Declare(ModelBuilder model)
    {
    }
}
