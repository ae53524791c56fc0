using Strongroom.Data;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>How strongly somebody signed. <see cref="Signed"/> can be checked by others; <see cref="Attested"/> is vouched for by the server.</summary>
public enum SignatureGrade { Attested, Signed }

/// <summary>
/// What a person is asked to sign: an act's name, its payload (hashed in canonical JSON) and the words shown to the signer.
/// </summary>
/// <param name="Act">"access.open-day".</param>
/// <param name="Payload">Everything the act will do, ids and versions included; the same object must come back when the signature is used.</param>
/// <param name="Words">"Take over guard keys G-1, G-2 of Vault 1 and open the day of 22 November 2026 at MG Road": what the signer reads.</param>
/// <param name="Branch">Where; the signer must be posted there unless <paramref name="Signer"/> is named.</param>
/// <param name="Signer">Who must sign; null for anyone who may sign <paramref name="Right"/> at the branch.</param>
/// <param name="Right">The right that an unnamed signer must have at the branch.</param>
/// <param name="Not">Persons who may not be the signer: the first person, the parties of the matter.</param>
public sealed record ToSign(
    string Act, object Payload, string Words, BranchId? Branch, PersonId? Signer, string? Right, IReadOnlyList<PersonId> Not);

/// <summary>A signature that was given and has just been used up.</summary>
public sealed record UsedSignature(SignatureId Id, PersonId Signer, SignatureGrade Grade, DateTime SignedAt);
