using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formats;
using BackupLinks.Tests.Core;

namespace BackupLinks.Tests.Module;

/// <summary>The results of tests come into the catalog, some at a time.</summary>
public sealed class TestNotesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new(advanceByItself: true);

    private string Lines => _folder[Path.Combine(CatalogFolder.Name, "catalog.jsonl")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_of_two_seconds_are_written_together()
    {
        await SaveAsync("a");
        var notes = new TestNotes(_clock);

        await AddAsync(notes, "a");
        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        await AddAsync(notes, "a");
        Assert.Equal(1, Count());
        _clock.Advance(TimeSpan.FromTicks(1));
        await AddAsync(notes, "a");
        Assert.Equal(4, Count());
        await AddAsync(notes, "a");
        Assert.Equal(4, Count());
        await notes.WriteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, Count());
        await notes.WriteAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, Count());
    }

    [Fact]
    public async Task At_most_256_results_wait()
    {
        await SaveAsync("a");
        var notes = new TestNotes(_clock);

        for (int i = 0; i < 255; i++)
            await AddAsync(notes, "a");
        Assert.Equal(1, Count());
        await AddAsync(notes, "a");

        Assert.Equal(257, Count());
    }

    [Theory]
    [InlineData(BackupTestDepth.Contents, BackupFileState.Intact, true)]
    [InlineData(BackupTestDepth.Container, BackupFileState.Intact, false)]
    [InlineData(BackupTestDepth.Container, BackupFileState.Damaged, true)]
    public async Task A_look_at_the_container_proves_nothing_but_damage(
        BackupTestDepth depth, string state, bool isNoted)
    {
        var entry = await SaveAsync("a");
        var notes = new TestNotes(_clock);

        await AddAsync(notes, "a", depth, state);
        await notes.WriteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isNoted ? 2 : 1, Count());
        Assert.Equal(
            entry.Sha256, await notes.FindAsync(_folder["a"], TestContext.Current.CancellationToken));
        Assert.Equal(isNoted, (await File.ReadAllTextAsync(Lines, TestContext.Current.CancellationToken)).Contains(
            state, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_no_catalog_knows_has_no_hash_and_without_a_catalog_nothing_is_noted()
    {
        using var other = new TemporaryFolder();
        await SaveAsync("a");
        var notes = new TestNotes(_clock);

        Assert.Null(await notes.FindAsync(_folder["b"], TestContext.Current.CancellationToken));
        Assert.Null(await notes.FindAsync(other["a"], TestContext.Current.CancellationToken));
        await notes.AddAsync(
            new BackupFileReport(other["a"]), BackupTestDepth.Contents, TestContext.Current.CancellationToken);
        await notes.WriteAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Directory.GetFileSystemEntries(other.Path));
        Assert.False(notes.TryTakeProblem(out _));
    }

    [Fact]
    public async Task A_catalog_that_cannot_be_written_is_one_problem()
    {
        await SaveAsync("a");
        var notes = new TestNotes(_clock);
        File.Delete(Lines);
        Directory.CreateDirectory(Lines);

        for (int i = 0; i < 2; i++)
        {
            await AddAsync(notes, "a");
            await notes.WriteAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(notes.TryTakeProblem(out var problem));
        Assert.Equal((ErrorKind.CatalogUnavailable, Lines), (problem.Error.Kind, problem.Catalog.Path));
        Assert.StartsWith("The results of tests are not in the catalog", problem.Error.Message);
        Assert.False(notes.TryTakeProblem(out _));
    }

    private async Task<CatalogEntry> SaveAsync(string name)
    {
        var entry = new CatalogEntry
        {
            Path = name, Size = 1, Sha256 = new string('a', 64), SavedAt = DateTimeOffset.UnixEpoch,
        };
        await new CatalogFile(_folder.Path, Disk.Local).AddAsync(entry, _clock, TestContext.Current.CancellationToken);
        return entry;
    }

    private Task AddAsync(
        TestNotes notes, string name, BackupTestDepth depth = BackupTestDepth.Contents,
        string state = BackupFileState.Intact) => notes.AddAsync(
            new BackupFileReport(_folder[name]) { State = state }, depth, TestContext.Current.CancellationToken);

    private int Count() => File.ReadLines(Lines).Count();
}
