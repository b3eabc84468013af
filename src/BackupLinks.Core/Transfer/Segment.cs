using System;
using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>
/// Bytes that one connection fetches. Belongs to a <see cref="SegmentPlan"/>, which alone changes it.
/// </summary>
internal sealed class Segment
{
    public Segment(long start, long end)
    {
        Start = start;
        End = end;
        Position = start;
        Reserved = start;
    }

    /// <summary>When it was assigned, on the transfer's clock.</summary>
    public TimeSpan Since { get; internal set; }

    /// <summary>The first byte.</summary>
    public long Start { get; }

    /// <summary>The byte after the last; comes closer when another connection takes the rest over.</summary>
    public long End { get; internal set; }

    /// <summary>The next byte to be written.</summary>
    public long Position { get; internal set; }

    /// <summary>The checksum of the bytes up to <see cref="Position"/>; see <see cref="CheckedRange"/>.</summary>
    public ulong Checksum { get; internal set; }

    /// <summary>The byte after what is being read at this moment.</summary>
    public long Reserved { get; internal set; }
}
