using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange;

/// <summary>A file of a register that somebody uploads.</summary>
public sealed record RegisterUpload(RegisterFile Kind, Func<Stream> Open);

public sealed record ImportStarted(ImportId Id);

internal sealed record NoFileGiven() : Refusal("exchange.no-file", 422, "No file was chosen.", "Choose at least the lockers, the hirers or the visits.");

internal sealed record FolderNotOffered() : Refusal("exchange.folder-not-offered", 422, "This folder is not offered for imports.", "Choose one of the list, or upload the files.");

/// <summary>Keeps the files, notes the import, and wakes the worker: the page is left and come back to while it runs.</summary>
internal sealed class StartImport(StrongroomDb db, Write write, Settings settings, ImportFolders folders, ImportBell bell)
{
    public async Task<Outcome<ImportStarted>> Upload(IReadOnlyList<RegisterUpload> files, CancellationToken cancel)
    {
        if (files.Count == 0) return new NoFileGiven();
        return Told(await write.Do<ImportStarted>("exchange.upload", new { kinds = files.Select(file => file.Kind) }, async act =>
        {
            if (!act.Actor.MayEverywhere(ExchangeRights.Import)) return new NotYours();
            var id = act.NewId<Noun.Import>();
            var folder = Path.Combine(settings.DataDirectory, "imports", id.ToString());
            // Registers are full of personal data: the folder is the server's alone, and goes when the import is finished.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in files)
            {
                await using var from = file.Open();
                await using var to = File.Create(Path.Combine(folder, $"{file.Kind}.csv".ToLowerInvariant()));
                await from.CopyToAsync(to, cancel);
            }
            Note(act, id, folder);
            return new ImportStarted(id);
        }, cancel));
    }

    /// <param name="name">One of the folders that the administrator of the machine offers.</param>
    public async Task<Outcome<ImportStarted>> FromFolder(string name, CancellationToken cancel) =>
        Told(await write.Do<ImportStarted>("exchange.from-folder", new { name }, act =>
        {
            if (!act.Actor.MayEverywhere(ExchangeRights.Import)) return Task.FromResult<Outcome<ImportStarted>>(new NotYours());
            if (folders.PathOf(name) is not { } folder) return Task.FromResult<Outcome<ImportStarted>>(new FolderNotOffered());
            var id = act.NewId<Noun.Import>();
            Note(act, id, folder);
            return Task.FromResult<Outcome<ImportStarted>>(new ImportStarted(id));
        }, cancel));

    private void Note(Act act, ImportId id, string folder)
    {
        db.Add(new Import { Id = id, Source = ImportSource.Office, Folder = folder, State = ImportState.Waiting, StartedAt = act.Now, StartedBy = act.Actor.Person });
        db.Append(act, new Event(ExchangeAudit.Asked).About(id));
    }

    private Outcome<ImportStarted> Told(Outcome<ImportStarted> outcome)
    {
        if (outcome.Refusal is null) bell.Ring();
        return outcome;
    }
}

/// <summary>Strongroom:Imports:Folder: below it lie folders with registers, put there by whoever runs the machine.</summary>
internal sealed class ImportFolders(IConfiguration configuration)
{
    private readonly string? root = configuration["Strongroom:Imports:Folder"];

    public IReadOnlyList<string> Names => root is null || !Directory.Exists(root)
        ? []
        : [.. Directory.EnumerateDirectories(root).Where(folder => Importer.FilesIn(folder).Count > 0).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    /// <summary>By its place in the list, never by a path that somebody typed.</summary>
    public string? PathOf(string name) => Names.Contains(name) ? Path.Combine(root!, name) : null;
}

/// <summary>Wakes the worker of this process.</summary>
internal sealed class ImportBell
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rings.Writer.TryWrite(true);

    /// <summary>Returns when it rings, or when the server stops.</summary>
    public async Task Wait(CancellationToken stop)
    {
        try
        {
            await rings.Reader.ReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
