using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>Somebody of the simulated bank who can act: a person with a sign-in.</summary>
/// <param name="TotpSecret">Base32, as an authenticator app takes it.</param>
public sealed record Player(PersonId Person, string Name, string UserName, string Password, string TotpSecret);
