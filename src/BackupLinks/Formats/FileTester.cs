using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Concurrency;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Formats;

/// <summary>Runs the tests of one command and writes each report in the order of the input.</summary>
internal sealed class FileTester : IPumpOutput<FileTester.Order, BackupFileReport>, IDisposable
{
    // Apart from the ids of the other commands, with room for one line for each file.
    private const int ActivityIdBase = 0x42540000;
    private const int IdsPerCommand = 512;
    private const int Window = 1000;

    private readonly PSCmdlet _cmdlet;
    private readonly bool _isQuiet;
    private readonly TestNotes? _notes;
    private readonly SaveProgress _progress;
    private readonly WorkPump<Order, BackupFileReport> _pump;

    /// <summary>Prepares the tests.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="limit">The most files at once.</param>
    /// <param name="isQuiet">True to write whether a file is intact, and not a report.</param>
    /// <param name="useCatalog">True to compare with the catalog, and to note the results there.</param>
    public FileTester(PSCmdlet cmdlet, int limit, bool isQuiet, bool useCatalog)
    {
        _cmdlet = cmdlet;
        _isQuiet = isQuiet;
        _notes = useCatalog ? new TestNotes(Clock.System) : null;
        _progress = new SaveProgress(
            cmdlet.MyInvocation.MyCommand.Name, ActivityIdBase + (
                cmdlet.MyInvocation.PipelinePosition * IdsPerCommand), limit, Clock.System);
        _pump = new(limit, Math.Max(limit, Window), inInputOrder: true, TestAsync, this, _progress);
    }

    /// <summary>Tests a file, when its turn comes.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="options">How to test it.</param>
    public void Add(string path, BackupTestOptions options)
    {
        var order = new Order(path, options, SizeOf(path), new TransferProgress(System.IO.Path.GetFileName(path)));
        _progress.Expect(order.Size);
        _pump.Add(order);
    }

    /// <summary>Waits for the rest.</summary>
    public void Complete()
    {
        _pump.Complete();
        WriteNotes();
        WriteProblems();
    }

    /// <summary>Stops all tests.</summary>
    public void Cancel() => _pump.Cancel();

    public void Dispose()
    {
        _pump.Dispose();
        WriteNotes();
    }

    void IPumpOutput<Order, BackupFileReport>.Write(Order item, Task<BackupFileReport> task)
    {
        if (task is { Exception.InnerException: { } failure })
        {
            _cmdlet.WriteError(failure is BackupLinksException known
                ? known.ToErrorRecord(item.Path) : failure.ToUnexpectedErrorRecord(item.Path));
        }
        else if (!task.IsCanceled)
        {
            _cmdlet.WriteObject(_isQuiet ? task.Result.State == BackupFileState.Intact : task.Result);
        }

        WriteProblems();
    }

    void IPumpOutput<Order, BackupFileReport>.Write(ProgressRecord record) => _cmdlet.WriteProgress(record);

    // The findings are true also when the command was stopped.
    private void WriteNotes() => _notes?.WriteAsync(CancellationToken.None).GetAwaiter().GetResult();

    private void WriteProblems()
    {
        while (_notes is not null && _notes.TryTakeProblem(out var problem))
            _cmdlet.WriteError(problem.Error.ToErrorRecord(problem.Catalog.Path));
    }

    private async Task<BackupFileReport> TestAsync(Order order, CancellationToken stop)
    {
        _progress.Enter(order.Meter, order.Size);
        try
        {
            order.Meter.Begin(order.Size, resumed: 0);
            long shown = 0;
            string? saved = _notes is null ? null : await _notes.FindAsync(order.Path, stop).ConfigureAwait(false);
            var options = order.Options with { SavedSha256 = saved };
            var report = BackupFileTester.Test(order.Path, options, Show, stop);
            if (saved is not null)
                await _notes!.AddAsync(report, options.Depth, stop).ConfigureAwait(false);
            return report;

            void Show(long position)
            {
                order.Meter.Add((int)(position - shown));
                shown = position;
            }
        }
        finally
        {
            _progress.Leave(order.Meter);
        }
    }

    private static long? SizeOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The test says why.
            return null;
        }
    }

    /// <summary>One file to test.</summary>
    /// <param name="Path">The full path.</param>
    /// <param name="Options">How to test it.</param>
    /// <param name="Size">Its size in bytes; null when it is not there.</param>
    /// <param name="Meter">How far it is.</param>
    internal sealed record Order(string Path, BackupTestOptions Options, long? Size, TransferProgress Meter);
}
