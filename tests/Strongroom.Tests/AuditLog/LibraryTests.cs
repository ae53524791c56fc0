using Strongroom.AuditLog.Merkle;

namespace Strongroom.Tests.AuditLog;

/// <summary>What others build on: nothing is shown, and nothing needed, by accident.</summary>
public sealed class LibraryTests
{
    private static readonly string[] Shown =
    [
        "Events.EventEncoding", "Events.EventHead", "Events.EventSubject", "Events.LogEvent", "Events.UnknownVersionException",
        "MalformedException",
        "Merkle.CompactRange", "Merkle.Hash", "Merkle.Proofs", "Merkle.TreeHash",
        "Notes.Checkpoint", "Notes.NoteSignature", "Notes.Receipt", "Notes.SignatureState", "Notes.SignatureType", "Notes.Signed", "Notes.SignedCheckpoint", "Notes.SignedNote",
        "Notes.SigningKey", "Notes.UntrustedException", "Notes.VerifierKey",
        "Stores.CachedLog", "Stores.DurableFile", "Stores.FolderLog", "Stores.HttpLog", "Stores.ILogReader", "Stores.ILogStore", "Stores.LogReading", "Stores.LogUnavailableException", "Stores.TileMissingException",
        "Tiles.EntryBundle", "Tiles.GrowingTree", "Tiles.TileFile", "Tiles.TilePath", "Tiles.TiledTree",
        "Witnesses.CosignAnswer", "Witnesses.CosignRequest", "Witnesses.WitnessClient", "Witnesses.WitnessRefusedException",
    ];

    [Fact]
    public void The_library_shows_these_types_and_no_others() =>
        typeof(Hash).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.FullName!["Strongroom.AuditLog.".Length..]).Order(StringComparer.Ordinal).ShouldBe(Shown.Order(StringComparer.Ordinal));

    [Fact]
    public void An_auditor_needs_the_base_library_and_an_Ed25519_alone() =>
        typeof(Hash).Assembly.GetReferencedAssemblies().Select(needed => needed.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name != "NSec.Cryptography").ShouldBeEmpty();
}
