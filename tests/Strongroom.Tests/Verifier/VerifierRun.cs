using Strongroom.Verifier;

namespace Strongroom.Tests.Verifier;

/// <summary>What the program answered.</summary>
internal sealed record VerifierRun(int Code, string Output, string Error)
{
    public static async Task<VerifierRun> Of(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await CommandLine.Run(args, output, error);
        return new(code, output.ToString(), error.ToString());
    }
}
