using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Tests.Isolation;
using BackupLinks.Time;

namespace BackupLinks.Tests.Core.Catalog;

public sealed class CatalogAdditionTests : IDisposable
{
    private const string Flush = "flush catalog.jsonl";

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingDisk _disk = new();
    private readonly CatalogFile _catalog;
    private Task[] _later = [];

    public CatalogAdditionTests() => _catalog = new CatalogFile(_folder.Path, _disk);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_that_come_during_a_flush_share_the_next_one()
    {
        DuringTheFirstFlush(() => _later = [AddAsync("b"), AddAsync("c"), AddAsync("d")]);

        await AddAsync("a");
        await Task.WhenAll(_later);

        Assert.Equal(2, _disk.CallsOf("flush").Count());
        Assert.Equal(["a", "b", "c", "d"], await Task.WhenAll(new[] { "a", "b", "c", "d" }.Select(FindAsync)));
    }

    [Fact]
    public async Task A_flush_that_fails_is_the_error_of_one_and_the_others_have_their_own()
    {
        DuringTheFirstFlush(() =>
        {
            _later = [AddAsync("b"), AddAsync("c"), AddAsync("d")];
            FailOnce();
        });

        await AddAsync("a");

        await Assert.ThrowsAsync<IOException>(() => _later[0]);
        await _later[1];
        await _later[2];
        Assert.Equal(["a", "c", "d"], await Task.WhenAll(new[] { "a", "c", "d" }.Select(FindAsync)));
    }

    [Fact]
    public async Task A_line_that_was_stopped_while_it_waited_is_not_added_with_those_of_others()
    {
        using var stop = new CancellationTokenSource();
        DuringTheFirstFlush(() =>
        {
            _later = [AddAsync("b", stop.Token), AddAsync("c")];
            stop.Cancel();
        });

        await AddAsync("a");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _later[0]);
        await _later[1];
        Assert.Null(await FindAsync("b"));
        Assert.Equal("c", await FindAsync("c"));
    }

    private void DuringTheFirstFlush(Action action) => _disk.Before = call =>
    {
        if (call != Flush)
            return;
        _disk.Before = null;
        action();
    };

    private void FailOnce() => _disk.Before = call =>
    {
        if (call != Flush || _disk.CallsOf("flush").Count() != 2)
            return;
        throw new IOException("the disk failed", 5);
    };

    private Task AddAsync(string name, CancellationToken stop = default)
    {
        var entry = new CatalogEntry
        {
            Path = name, Size = 1, Sha256 = new string('a', 64), SavedAt = DateTimeOffset.UnixEpoch,
        };
        return _catalog.AddAsync(entry, Clock.System, stop).WaitAsync(TestTimeout.Hang, CancellationToken.None);
    }

    private async Task<string?> FindAsync(string name) =>
        (await _catalog.FindFileAsync(_folder[name], Clock.System, CancellationToken.None))?.Path;
}
