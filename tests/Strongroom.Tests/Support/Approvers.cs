using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Tests.Support;

/// <summary>People who decide what others asked for.</summary>
internal static class Approvers
{
    /// <summary>Reads, signs, approves; what was refused on the way comes back.</summary>
    public static async Task<Outcome<RequestApproved>> TryApprove(this LabBank lab, Player by, ApprovalId id)
    {
        if ((await lab.As(by.Person, services => services.GetRequiredService<Approve>().Ask(id, default))).Refused(out var refusal, out var asked)) return refusal;
        await Joining.Sign(lab, asked.Signature, by);
        return await lab.As(by.Person, services => services.GetRequiredService<Approve>().Handle(id, new(asked.Signature), default));
    }

    public static Task<ApprovalDetail> RequestOf(this LabBank lab, Player reader, ApprovalId id) => lab.Do<ReadApprovals, ApprovalDetail>(reader.Person, read => read.One(id, default));
}
