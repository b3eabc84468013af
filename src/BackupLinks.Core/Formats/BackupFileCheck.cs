using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Formats;

/// <summary>
/// Tests a file while it comes, block by block, on a thread of its own. The report is the same as that of a test
/// afterwards, without a second pass over the disk.
/// </summary>
internal sealed class BackupFileCheck : IDisposable
{
    private readonly PushedSource _source = new();
    private readonly BackupTest _test = new(BackupTestDepth.Contents);
    private readonly Task _work;
    private readonly TimeSpan _began = Clock.System.GetElapsed();
    private long _size;

    /// <summary>Begins.</summary>
    public BackupFileCheck() => _work = Task.Factory.StartNew(
        Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Takes the next bytes; waits while the ones before them are being tested.</summary>
    /// <param name="buffer">Where they are; it may be used again when this returns.</param>
    /// <param name="offset">Where they begin there.</param>
    /// <param name="count">Their number.</param>
    public void Append(byte[] buffer, int offset, int count)
    {
        _size += count;
        _source.Append(buffer, offset, count);
    }

    /// <summary>Ends the file and waits for the rest of the test.</summary>
    /// <param name="path">The file's path, for the report.</param>
    /// <param name="sha256">The SHA-256, for the report; or null.</param>
    public BackupFileReport Complete(string path, string? sha256)
    {
        _source.Complete();
        _work.GetAwaiter().GetResult();
        return BackupVerdict.ToReport(path, _size, _test, sha256, Clock.System.GetElapsed() - _began);
    }

    /// <summary>Gives up a test that was not completed.</summary>
    public void Dispose()
    {
        _source.Abort();
        try
        {
            _work.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // That is what giving up means.
        }
    }

    private void Run()
    {
        try
        {
            using var reader = new ByteReader(_source);
            _test.Run(reader);
            reader.SkipToEnd();
        }
        finally
        {
            _source.Abort();
        }
    }

    // One block on its way from the thread that has it to the one that tests it.
    private sealed class PushedSource : IByteSource
    {
        private readonly object _lock = new();
        private byte[] _block = [];
        private int _at;
        private int _end;
        private bool _isComplete;
        private bool _isAborted;

        public void Append(byte[] buffer, int offset, int count)
        {
            lock (_lock)
            {
                while (_at < _end && !_isAborted)
                    Monitor.Wait(_lock);
                if (_block.Length < count)
                    _block = new byte[count];
                Buffer.BlockCopy(buffer, offset, _block, 0, count);
                (_at, _end) = (0, count);
                Monitor.PulseAll(_lock);
            }
        }

        public void Complete()
        {
            lock (_lock)
            {
                _isComplete = true;
                Monitor.PulseAll(_lock);
            }
        }

        public void Abort()
        {
            lock (_lock)
            {
                _isAborted = true;
                Monitor.PulseAll(_lock);
            }
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            lock (_lock)
            {
                while (_at == _end && !_isComplete && !_isAborted)
                    Monitor.Wait(_lock);
                if (_isAborted)
                    throw new OperationCanceledException();
                int read = Math.Min(count, _end - _at);
                Buffer.BlockCopy(_block, _at, buffer, offset, read);
                _at += read;
                if (_at == _end)
                    Monitor.PulseAll(_lock);
                return read;
            }
        }
    }
}
