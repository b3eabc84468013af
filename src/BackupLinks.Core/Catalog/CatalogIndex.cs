using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace BackupLinks.Catalog;

/// <summary>
/// The state of a catalog: which line of a file holds, and what has happened to the file since. It has numbers for
/// paths and objects, and the lines stay in the file, so that a million of them need little memory.
/// </summary>
/// <param name="path">The catalog.</param>
/// <param name="withObjects">True to find files by the object that they are of, too.</param>
internal sealed class CatalogIndex(string path, bool withObjects)
{
    private readonly KeyTable<FileState> _files = new();
    private readonly KeyTable<long> _objects = new();
    private readonly ChunkedList<TestResult> _tests = new();
    private readonly Dictionary<int, string> _problems = [];
    private readonly List<string?> _states = [null];
    private readonly TextPool _texts = new();
    private int _unreadable;
    private bool _hasTornEnd;

    /// <summary>How much of the file was read.</summary>
    public long Length { get; private set; }

    /// <summary>Lines that could not be read, such as those that a power cut has torn.</summary>
    public int UnreadableLines => _unreadable + (_hasTornEnd ? 1 : 0);

    /// <summary>Reads the lines that were added since the last time. When it fails, it can be called again.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The file cannot be read, or another process is writing it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    /// <returns>The length of what was read.</returns>
    public long Update(CancellationToken cancellationToken)
    {
        using var lines = new CatalogLines(path, Length, cancellationToken: cancellationToken);
        _hasTornEnd = false;
        while (lines.Read())
        {
            if (!CatalogHead.TryRead(lines.Line, _texts, out var head))
            {
                // The end of the line may come yet.
                bool isTorn = lines.IsTooLong || !IsBlank(lines.Line);
                _hasTornEnd = isTorn && !lines.HasEnd;
                if (_hasTornEnd)
                    break;
                if (isTorn)
                    _unreadable++;
            }
            else
            {
                Add(head, lines.Offset);
            }

            Length = lines.End;
        }

        return Length;
    }

    /// <summary>The number of a file; null for one that the catalog does not know, or that was removed.</summary>
    /// <param name="pathKey">The number of its path.</param>
    public int? Find(ulong pathKey) => _files.Find(pathKey) is { } slot && _files[slot].IsKnown ? slot : null;

    /// <summary>The offsets of the lines of an object, the newest first.</summary>
    /// <param name="objectKey">The number of the object.</param>
    public IEnumerable<long> FindObject(ulong objectKey)
    {
        for (int? slot = _objects.Find(objectKey); slot is { } found; slot = _objects.FindOlder(found))
            yield return _objects[found];
    }

    /// <summary>The numbers of the files that the catalog knows, in the order of their lines.</summary>
    public int[] GetFiles()
    {
        var files = new List<int>(_files.Count);
        bool isInOrder = true;
        for (int number = 0; number < _files.Count; number++)
        {
            if (!_files[number].IsKnown)
                continue;
            isInOrder = isInOrder && (files.Count == 0 || _files[files[files.Count - 1]].Line < _files[number].Line);
            files.Add(number);
        }

        int[] all = [.. files];
        // A file that was saved twice comes where it came the second time.
        if (!isInOrder)
            Array.Sort(Array.ConvertAll(all, number => _files[number].Line), all);
        return all;
    }

    /// <summary>The state of a file.</summary>
    /// <param name="number">Its number.</param>
    public FileState StateOf(int number) => _files[number];

    /// <summary>The last test of a file; null for a file that was not tested since it was saved.</summary>
    /// <param name="number">Its number.</param>
    public (string State, string? Problem, DateTimeOffset Time)? TestOf(int number)
    {
        int test = _files[number].Test;
        return test > 0 && _tests[test - 1] is var last && _states[last.State] is { } word
            ? (word, _problems.TryGetValue(number, out string? problem) ? problem : null,
                new DateTimeOffset(last.Time, TimeSpan.Zero))
            : null;
    }

    private void Add(CatalogHead head, long offset)
    {
        int? slot = _files.Find(head.PathKey);
        switch (head.Event)
        {
            case null or CatalogEntry.Saved:
                var saved = new FileState { Line = offset };
                if (slot is { } known)
                    _files[known] = saved;
                else
                    _files.Add(head.PathKey, saved);
                if (withObjects && head.ObjectKey != 0)
                    _objects.Add(head.ObjectKey, offset);
                break;
            case TestEvent.Tested when slot is { } tested && head.TestState is { } state && head.TestedAt is { } time:
                ref var file = ref _files[tested];
                var result = new TestResult { State = NumberOf(state), Time = time.UtcTicks };
                if (file.Test > 0)
                    _tests[file.Test - 1] = result;
                else
                    file.Test = _tests.Add(result) + 1;
                file.IsChanged = head.IsChanged;
                if (head.Problem is { } problem)
                    _problems[tested] = problem;
                else
                    _problems.Remove(tested);
                break;
            case RemovalEvent.Begun when slot is { } begun:
                _files[begun].IsBeingRemoved = true;
                break;
            case RemovalEvent.Withdrawn when slot is { } kept:
                _files[kept].IsBeingRemoved = false;
                break;
            case RemovalEvent.Done when slot is { } removed:
                _files[removed] = new FileState { Line = -1 };
                break;
        }
    }

    private byte NumberOf(string state)
    {
        int number = _states.IndexOf(state);
        if (number >= 0)
            return (byte)number;
        // A catalog with more words than that is not of this module.
        if (_states.Count > byte.MaxValue)
            return 0;
        _states.Add(state);
        return (byte)(_states.Count - 1);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (byte value in line)
        {
            if (value is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                return false;
        }

        return true;
    }

    /// <summary>The state of a file.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    public struct FileState
    {
        /// <summary>The offset of the line that it was saved with; -1 for a file that was removed.</summary>
        public long Line;

        /// <summary>The number of its last test, from 1; 0 for one that was not tested since it was saved.</summary>
        public int Test;

        /// <summary>True when a test found another content than the saved one.</summary>
        public bool IsChanged;

        /// <summary>True when its removal was begun, and not ended.</summary>
        public bool IsBeingRemoved;

        /// <summary>False for a file that was removed.</summary>
        public readonly bool IsKnown => Line >= 0;
    }

    // Few files are tested again after they were saved, and they need no room for it.
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct TestResult
    {
        // In ticks.
        public long Time;

        // The number of a word in the states.
        public byte State;
    }
}
