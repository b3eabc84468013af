using System.Runtime.InteropServices;

namespace BackupLinks.Catalog;

/// <summary>
/// Small values by 64-bit keys, of which several may have the same key. It grows without a second copy of itself: a
/// catalog may have a million lines.
/// </summary>
internal sealed class KeyTable<TValue>
    where TValue : struct
{
    private readonly ChunkedList<Slot> _slots = new();
    // The number of the newest slot of a bucket, from 1; 0 for an empty one.
    private int[] _buckets = new int[256];

    /// <summary>The number of slots, which are numbered from 0.</summary>
    public int Count => _slots.Count;

    /// <summary>The value of a slot.</summary>
    public ref TValue this[int slot] => ref _slots[slot].Value;

    /// <summary>The newest slot with a key; null when none has it.</summary>
    public int? Find(ulong key) => Find(key, _buckets[BucketOf(key)]);

    /// <summary>The newest slot with the same key that is older than this one; null when none is.</summary>
    public int? FindOlder(int slot)
    {
        ref var found = ref _slots[slot];
        return Find(found.Key, found.Next);
    }

    /// <summary>Adds a slot.</summary>
    /// <returns>The slot.</returns>
    public int Add(ulong key, TValue value)
    {
        if (Count == _buckets.Length)
            Grow();
        ref int bucket = ref _buckets[BucketOf(key)];
        int slot = _slots.Add(new Slot { Key = key, Next = bucket, Value = value });
        bucket = slot + 1;
        return slot;
    }

    private int? Find(ulong key, int number)
    {
        while (number != 0)
        {
            ref var slot = ref _slots[number - 1];
            if (slot.Key == key)
                return number - 1;
            number = slot.Next;
        }

        return null;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            ref var slot = ref _slots[i];
            ref int bucket = ref _buckets[BucketOf(slot.Key)];
            slot.Next = bucket;
            bucket = i + 1;
        }
    }

    private int BucketOf(ulong key) => (int)(key & (ulong)(_buckets.Length - 1));

    // No room between the fields: with it, a million of them need 4 MB more.
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct Slot
    {
        public ulong Key;
        public int Next;
        public TValue Value;
    }
}
