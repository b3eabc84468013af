using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Formats;

/// <summary>
/// Reads the catalogs' lines of files to test, and writes the results of the tests into them. Results are written
/// some at a time: each write waits for the disk, and a result that a crash takes is got again by a test.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class TestNotes(Clock clock)
{
    private const int MostNotes = 256;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, string> _homes = new(Platform.PathComparer);
    private readonly ConcurrentDictionary<string, CatalogFile> _catalogs = new(Platform.PathComparer);
    private readonly ConcurrentDictionary<CatalogFile, bool> _failed = new();
    private readonly ConcurrentQueue<(BackupLinksException, CatalogFile)> _problems = new();
    private readonly object _lock = new();
    private List<(CatalogFile Catalog, TestEvent Event)> _notes = [];
    private TimeSpan _written = clock.GetElapsed();

    /// <summary>The SHA-256 that a file was saved with; null for one that no catalog knows.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public async Task<string?> FindAsync(string path, CancellationToken cancellationToken) =>
        CatalogOf(path) is not { } catalog ? null
            : (await catalog.FindSavedFileAsync(path, clock, cancellationToken).ConfigureAwait(false))?.Sha256;

    /// <summary>Notes the result of a test of a file that a catalog knows.</summary>
    /// <param name="report">The result.</param>
    /// <param name="depth">How deep the test was. One that looked at the container only proves nothing.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public Task AddAsync(BackupFileReport report, BackupTestDepth depth, CancellationToken cancellationToken)
    {
        bool isProblem = BackupFileState.IsProblem(report.State);
        if ((!isProblem && depth != BackupTestDepth.Contents) || CatalogOf(report.Path) is not { } catalog)
            return Task.CompletedTask;
        var note = new TestEvent
        {
            Path = CatalogFolder.ToRelative(catalog.Folder, report.Path),
            TestState = report.State,
            Problem = report.Problem,
            TestedAt = clock.GetUtcNow(),
            IsChanged = report.IsChanged,
        };
        bool isDue;
        lock (_lock)
        {
            _notes.Add((catalog, note));
            isDue = _notes.Count >= MostNotes || clock.GetElapsed() - _written >= LongestDelay;
        }

        return isDue ? WriteAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Takes the error of a catalog that cannot be written, of which there is one.</summary>
    /// <param name="problem">The error, and the catalog.</param>
    public bool TryTakeProblem(out (BackupLinksException Error, CatalogFile Catalog) problem) =>
        _problems.TryDequeue(out problem);

    /// <summary>Writes what is not written yet.</summary>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        List<(CatalogFile Catalog, TestEvent Event)> notes;
        lock (_lock)
        {
            (notes, _notes) = (_notes, []);
            _written = clock.GetElapsed();
        }

        var events = new Dictionary<CatalogFile, List<CatalogEvent>>();
        foreach (var (catalog, item) in notes)
        {
            if (!events.TryGetValue(catalog, out var list))
                events.Add(catalog, list = []);
            list.Add(item);
        }

        foreach (var pair in events)
        {
            try
            {
                await pair.Key.AddAsync(pair.Value, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is BackupLinksException or IOException or UnauthorizedAccessException)
            {
                if (_failed.TryAdd(pair.Key, true))
                {
                    _problems.Enqueue(
                        (CatalogFile.ToException(e, "The results of tests are not in", pair.Key.Path), pair.Key));
                }
            }
        }
    }

    private CatalogFile? CatalogOf(string path)
    {
        string home = _homes.GetOrAdd(
            Path.GetDirectoryName(path) ?? path, folder => CatalogFolder.FindAbove(Disk.Local, folder) ?? "");
        return home.Length == 0 ? null
            : _catalogs.GetOrAdd(home, folder => new CatalogFile(folder, Disk.Local, isFound: true));
    }
}
