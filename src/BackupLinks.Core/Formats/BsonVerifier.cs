using System;
using System.Buffers.Binary;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>Collections as mongodump writes them: BSON documents one behind the other. Nothing but their lengths can
/// be tested.</summary>
internal sealed class BsonVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Bson;

    /// <inheritdoc/>
    public override string Name => "BSON";

    // There is no magic: a length that can be, the type of an element, a name of one, and a 0 where the document ends.
    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8)
            return false;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 8 or > BsonDocument.Longest || head[4] is not (>= 0x01 and <= 0x13 or 0x7F or 0xFF))
            return false;
        if (length <= head.Length && head[length - 1] != 0)
            return false;
        var name = head.Slice(5, Math.Min(128, head.Length - 5));
        int end = name.IndexOf((byte)0);
        if (end <= 0)
            return false;
        foreach (byte letter in name.Slice(0, end))
        {
            if (letter < 0x20)
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        long documents = 0;
        layer.Checksum = ChecksumCoverage.None;
        // A cut between two documents leaves no trace.
        layer.IsWhole = null;
        layer.Engine = "MongoDB";
        for (; !input.IsAtEnd; documents++)
            SkipDocument(input);
        layer.Details["Documents"] = documents;
    }

    /// <summary>Passes one document.</summary>
    /// <exception cref="BackupFormatException">It is cut, or has no end where its length says.</exception>
    public static void SkipDocument(ByteReader input)
    {
        long at = input.Position;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(Require(input, 4, at));
        if (length is < BsonDocument.Shortest or > BsonDocument.Longest)
        {
            throw BackupFormatException.Damaged(
                at, $"the document at {Numbers.Text(at)} has the length {Numbers.Text(length)}");
        }

        input.Skip(length - 1, "a document");
        if (input.ReadByte("a document") != 0)
        {
            throw BackupFormatException.Damaged(
                input.Position - 1, $"the document at {Numbers.Text(at)} does not end where its length says");
        }
    }

    private static ReadOnlySpan<byte> Require(ByteReader input, int count, long at)
    {
        var bytes = input.Peek(count);
        return bytes.Length == count
            ? bytes
            : throw BackupFormatException.Truncated(
                at, $"the length of the document at {Numbers.Text(at)} has {bytes.Length} of its 4 bytes");
    }
}
