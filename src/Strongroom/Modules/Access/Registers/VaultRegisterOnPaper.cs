using System.Globalization;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Access.Registers;

/// <summary>R19: everybody who was in the vault, customers and staff, on paper.</summary>
internal sealed class VaultRegisterOnPaper(ReadVaultRegister read) : IRegister
{
    public const string Path = "/desk/vault-register/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        if (await read.Of(branch, period.From, period.Until, Register.MostRows + 1, cancel) is not { } rows) return null;
        string Local(DateTime? at, string form) => at is { } moment ? moment.InZone(branch.Zone).ToString(form, CultureInfo.InvariantCulture) : "inside";
        return Register.Of(rows,
            ("Date", 1, row => Local(row.In, "d MMM yyyy")),
            ("In", 0.6f, row => Local(row.In, "HH:mm")),
            ("Out", 0.6f, row => row.Out is { } left && left.DateIn(branch.Zone) != row.In.DateIn(branch.Zone) ? Local(left, "d MMM yyyy, HH:mm") : Local(row.Out, "HH:mm")),
            ("Vault", 1.2f, row => row.Vault),
            ("Who", 2.2f, row => row.Who),
            ("For", 1.8f, row => row.What),
            ("With", 2.6f, row => row.With));
    }
}
