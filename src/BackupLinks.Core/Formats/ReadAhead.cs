using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;

namespace BackupLinks.Formats;

/// <summary>
/// Reads a source in blocks, on a second thread where that is faster. Each block has room in front of it, so that a
/// reader joins it to the last bytes of the block before without a copy of the rest.
/// </summary>
internal sealed class ReadAhead : IDisposable
{
    /// <summary>The room in front of each block, in bytes.</summary>
    public const int Headroom = 128 * 1024;

    // The reads of a file stay aligned to its pages.
    private const int BlockSize = 384 * 1024;
    private const int BlockCount = 4;

    private readonly object _lock = new();
    private readonly Queue<byte[]> _free = new();
    private readonly Queue<Block> _full = new();
    private readonly IByteSource _source;
    private readonly ReadPace _pace;
    private Task _reading = Task.CompletedTask;
    private bool _isReading;
    private bool _isStopped;

    /// <summary>Prepares to read.</summary>
    /// <param name="source">The source, which no other thread may read.</param>
    /// <param name="clock">The time, by which the faster way is found.</param>
    public ReadAhead(IByteSource source, Clock clock)
    {
        _source = source;
        _pace = new ReadPace(clock);
        for (int i = 0; i < BlockCount; i++)
            _free.Enqueue(new byte[Headroom + BlockSize]);
    }

    /// <summary>Takes the next block, and waits for it.</summary>
    /// <returns>An array, and the number of bytes in it behind <see cref="Headroom"/>; 0 at the end.</returns>
    /// <exception cref="System.IO.IOException">The source cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public (byte[] Bytes, int Count) Take()
    {
        Block block;
        lock (_lock)
        {
            if (_pace.IsAhead && !_isReading && _full.Count == 0)
                Start();
            _isStopped = !_pace.IsAhead;
            Monitor.PulseAll(_lock);
            while (_isReading && _full.Count == 0)
                Monitor.Wait(_lock);
            block = _full.Count > 0 ? _full.Dequeue() : ReadBlock(_free.Dequeue());
        }

        block.Failure?.Throw();
        _pace.Count(block.Count);
        return (block.Bytes, block.Count);
    }

    /// <summary>Returns the array of a block that is no longer needed.</summary>
    /// <param name="bytes">The array; one that is not a block's is ignored.</param>
    public void Return(byte[] bytes)
    {
        if (bytes.Length != Headroom + BlockSize)
            return;
        lock (_lock)
        {
            _free.Enqueue(bytes);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.PulseAll(_lock);
        }

        _reading.GetAwaiter().GetResult();
    }

    private void Start()
    {
        _isReading = true;
        _reading = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Run()
    {
        bool isOver = false;
        while (!isOver && Borrow() is { } bytes)
        {
            var block = ReadBlock(bytes);
            isOver = block.Count == 0;
            lock (_lock)
            {
                _full.Enqueue(block);
                _isReading = !isOver;
                Monitor.PulseAll(_lock);
            }
        }
    }

    // Null when the taker reads again.
    private byte[]? Borrow()
    {
        lock (_lock)
        {
            while (_free.Count == 0 && !_isStopped)
                Monitor.Wait(_lock);
            if (!_isStopped)
                return _free.Dequeue();
            _isReading = false;
            Monitor.PulseAll(_lock);
            return null;
        }
    }

    private Block ReadBlock(byte[] bytes)
    {
        try
        {
            int count = 0;
            for (int read; count < BlockSize
                && (read = _source.Read(bytes, Headroom + count, BlockSize - count)) > 0;)
                count += read;
            return new Block(bytes, count, Failure: null);
        }
        catch (Exception e)
        {
            // The taker throws it.
            return new Block(bytes, 0, ExceptionDispatchInfo.Capture(e));
        }
    }

    private sealed record Block(byte[] Bytes, int Count, ExceptionDispatchInfo? Failure);
}
