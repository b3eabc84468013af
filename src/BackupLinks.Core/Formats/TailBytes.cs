using System;

namespace BackupLinks.Formats;

/// <summary>The last bytes of what has passed.</summary>
internal sealed class TailBytes(int size)
{
    private readonly byte[] _bytes = new byte[size];
    private int _count;

    /// <summary>One of them; the first is the oldest.</summary>
    public byte this[int index] => _bytes[index];

    /// <summary>All of them, the oldest first.</summary>
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _count);

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= _bytes.Length)
        {
            bytes.Slice(bytes.Length - _bytes.Length).CopyTo(_bytes);
            _count = _bytes.Length;
            return;
        }

        int kept = Math.Min(_count, _bytes.Length - bytes.Length);
        _bytes.AsSpan(_count - kept, kept).CopyTo(_bytes);
        bytes.CopyTo(_bytes.AsSpan(kept));
        _count = kept + bytes.Length;
    }
}
