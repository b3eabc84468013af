using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The skippable frames between those of Zstandard or LZ4, whose bytes no checksum covers. pzstd writes one in front of
/// each frame, with the frame's length.
/// </summary>
internal sealed class SkippableFrames(ByteReader input)
{
    private const uint SizedMark = 0x184D2A50;
    private const int SizeLength = 4;

    private uint? _stated;
    private long _statedAt;
    private bool _areSized;
    private bool _hasUncovered;

    /// <summary>Where the first one begins that no frame follows; null where one does.</summary>
    public long? LastAt { get; private set; }

    /// <summary>True when one has bytes that nothing was compared with.</summary>
    public bool HasUncovered => _hasUncovered || _stated is not null;

    /// <summary>Passes one, whose mark is next.</summary>
    public void Skip()
    {
        _hasUncovered = HasUncovered;
        _stated = null;
        long at = input.Position;
        LastAt ??= at;
        uint mark = input.ReadUInt32("a skippable frame");
        uint length = input.ReadUInt32("a skippable frame");
        if (mark == SizedMark && length == SizeLength)
        {
            _stated = input.ReadUInt32("a skippable frame");
            _statedAt = at;
            return;
        }

        _hasUncovered |= length > 0;
        input.Skip(length, "a skippable frame");
    }

    /// <summary>Notes that a frame has ended.</summary>
    public void EndFrame() => LastAt = null;

    /// <summary>Compares a frame with what the one in front of it says.</summary>
    /// <param name="at">Where the frame begins; it ends here.</param>
    /// <exception cref="BackupFormatException">
    /// It has another length, and those of the frames before were right.
    /// </exception>
    public void Compare(long at)
    {
        if (_stated is not { } stated)
            return;
        long length = input.Position - at;
        if (length == stated)
        {
            _areSized = true;
            _stated = null;
        }
        else if (_areSized)
        {
            throw BackupFormatException.DamagedPart(
                _statedAt, input.Position, $"the frame at {Numbers.Text(at)} has {Numbers.Count(length, "byte")}, and "
                + $"the skippable frame in front of it says {Numbers.Text(stated)}");
        }
    }

    /// <summary>Refuses an end at which another frame is announced.</summary>
    /// <exception cref="BackupFormatException">One is.</exception>
    public void RequireEnd()
    {
        if (_areSized && _stated is { } stated)
        {
            throw BackupFormatException.Truncated(
                _statedAt, $"the skippable frame at {Numbers.Text(_statedAt)} announces a frame of "
                + $"{Numbers.Count(stated, "byte")}, which is not there");
        }
    }
}
