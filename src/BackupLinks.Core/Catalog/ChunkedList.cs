using System.Collections.Generic;

namespace BackupLinks.Catalog;

/// <summary>A list that grows without a second copy of itself.</summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int ChunkBits = 14;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly List<T[]> _chunks = [];

    /// <summary>The number of values.</summary>
    public int Count { get; private set; }

    /// <summary>A value, by its number from 0.</summary>
    public ref T this[int number] => ref _chunks[number >> ChunkBits][number & (ChunkSize - 1)];

    /// <summary>Adds a value.</summary>
    /// <returns>Its number.</returns>
    public int Add(T value)
    {
        if (Count >> ChunkBits == _chunks.Count)
            _chunks.Add(new T[ChunkSize]);
        this[Count] = value;
        return Count++;
    }
}
