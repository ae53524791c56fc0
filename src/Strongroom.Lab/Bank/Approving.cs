using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>What a second person of the simulated bank does with what the first one asked for.</summary>
public static class Approving
{
    /// <summary>Reads, signs by password and code, approves.</summary>
    internal static async Task<RequestApproved> Approve(LabBank lab, ApprovalId request, Player by)
    {
        var asked = await lab.Do<Approve, ApprovalSignatureAsked>(by.Person, slice => slice.Ask(request, default));
        await Joining.Sign(lab, asked.Signature, by);
        return await lab.Do<Approve, RequestApproved>(by.Person, slice => slice.Handle(request, new(asked.Signature), default));
    }
}
