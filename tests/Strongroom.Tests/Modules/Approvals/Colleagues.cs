using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>What a second person does with a request, where a test expects that it may be refused.</summary>
internal static class Colleagues
{
    /// <summary>Reads, signs, approves; what was refused on the way comes back.</summary>
    public static async Task<Outcome<RequestApproved>> TryApprove(this LabBank lab, Player by, ApprovalId id)
    {
        if ((await lab.As(by.Person, services => services.GetRequiredService<Approve>().Ask(id, default))).Refused(out var refusal, out var asked)) return refusal;
        await Joining.Sign(lab, asked.Signature, by);
        return await lab.As(by.Person, services => services.GetRequiredService<Approve>().Handle(id, new(asked.Signature), default));
    }
}
