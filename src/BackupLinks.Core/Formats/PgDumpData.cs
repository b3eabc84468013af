using System;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The data of one table or large object in a custom dump: pieces with a length each, up to an empty one.
/// </summary>
internal sealed class PgDumpData(ByteReader input, int intSize) : IByteSource
{
    private long _left;
    private bool _isOver;

    /// <summary>The problem of the dump that ended the data; null for none.</summary>
    public BackupFormatException? Problem { get; private set; }

    /// <summary>How far the dump has been read.</summary>
    public long Position => input.Position;

    /// <summary>How many bytes there were so far.</summary>
    public long Length { get; private set; }

    /// <summary>Reads a number of the dump: its sign, and its bytes from the lowest on.</summary>
    /// <param name="input">The reader.</param>
    /// <param name="intSize">The number of bytes.</param>
    /// <param name="what">The name of the value, for the problem.</param>
    /// <exception cref="BackupFormatException">The sign does not exist, or the input ends.</exception>
    public static long ReadInt(ByteReader input, int intSize, string what)
    {
        long at = input.Position;
        byte sign = input.ReadByte(what);
        if (sign > 1)
        {
            throw BackupFormatException.Damaged(
                at, $"the number at {Numbers.Text(at)} has the sign {sign}, and 0 or 1 are possible");
        }

        ulong value = 0;
        var bytes = input.Read(intSize, what);
        for (int i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return sign == 1 ? -(long)value : (long)value;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            if (!HasMore())
                return 0;
            int read = input.ReadSome(buffer, offset, (int)Math.Min(count, _left));
            if (read == 0)
                input.Skip(_left, "the data of a block");
            _left -= read;
            Length += read;
            return read;
        }
        catch (BackupFormatException e)
        {
            Problem = e;
            throw;
        }
    }

    /// <summary>Passes the rest.</summary>
    /// <exception cref="BackupFormatException">The dump is cut or damaged.</exception>
    public void SkipToEnd()
    {
        while (HasMore())
        {
            input.Skip(_left, "the data of a block");
            _left = 0;
        }
    }

    private bool HasMore()
    {
        if (_left > 0 || _isOver)
            return !_isOver;
        long at = input.Position;
        _left = ReadInt(input, intSize, "the data of a block");
        if (_left < 0)
            throw BackupFormatException.Damaged(at, $"the data at {Numbers.Text(at)} has the length {_left}");
        _isOver = _left == 0;
        return !_isOver;
    }
}
