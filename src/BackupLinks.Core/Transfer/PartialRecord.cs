using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// What a partial file's bytes are bytes of, as its sidecar says it. The sidecar has two lines of fixed length,
/// written in turn: whatever happens during a write, the other line is whole, and a checksum tells which.
/// </summary>
/// <param name="Identity">The object.</param>
/// <param name="Done">The ranges that are on the disk, in order.</param>
internal sealed record PartialRecord(ObjectIdentity Identity, IReadOnlyList<ByteRange> Done)
{
    /// <summary>The length of a line, in bytes.</summary>
    public const int LineLength = 8 * 1024;

    private const string Format = "BackupLinks partial file, version 1";
    private const int LongestRange = 44;
    private const int RoomForTheRest = 256;

    /// <summary>Bytes that are on the disk.</summary>
    public long DoneLength => Done.Sum(range => range.Length);

    /// <summary>The record as one line.</summary>
    /// <param name="sequence">Higher for a newer line.</param>
    public byte[] ToLine(long sequence)
    {
        // A claim that is left out costs a second download of that range, no more.
        int room = LineLength - RoomForTheRest - (2 * Encoding.UTF8.GetByteCount(Identity.Address)) - (2 * Encoding.UTF8.GetByteCount(Identity.ETag ?? ""));
        var done = Done.Take(Math.Max(0, room / LongestRange)).ToArray();
        using var text = new MemoryStream(LineLength);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("sequence", sequence);
            json.WriteString("address", Identity.Address);
            json.WriteString("etag", Identity.ETag);
            json.WriteNumber("size", Identity.Size);
            json.WriteStartArray("done");
            foreach (var range in done)
            {
                json.WriteStartArray();
                json.WriteNumberValue(range.Start);
                json.WriteNumberValue(range.End);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteString("checksum", Checksum(sequence, Identity, done));
            json.WriteEndObject();
        }

        byte[] line = new byte[LineLength];
        int length = (int)text.Length;
        if (length >= LineLength)
            return []; // an address of kilobytes; such a file is not resumed
        Array.Copy(text.GetBuffer(), line, length);
        for (int i = length; i < LineLength; i++)
            line[i] = (byte)' ';
        line[LineLength - 1] = (byte)'\n';
        return line;
    }

    /// <summary>Reads a sidecar.</summary>
    /// <param name="content">All its bytes.</param>
    /// <returns>The newer of its good lines and that line's number; null when none is good.</returns>
    public static (PartialRecord Record, long Sequence)? Parse(byte[] content)
    {
        (PartialRecord Record, long Sequence)? newest = null;
        for (int start = 0; start + LineLength <= content.Length; start += LineLength)
        {
            if (ParseLine(content.AsMemory(start, LineLength)) is { } found && (newest is null || found.Sequence > newest.Value.Sequence))
                newest = found;
        }

        return newest;
    }

    /// <summary>False for a file that somebody else wrote.</summary>
    public static bool IsOurs(byte[] content) =>
        content.Length == 0 || content[0] is 0 or (byte)' ' || Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, 80)).StartsWith("{\"format\":\"BackupLinks partial file", StringComparison.Ordinal);

    private static (PartialRecord Record, long Sequence)? ParseLine(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            if (json.GetProperty("format").GetString() != Format)
                return null;
            long sequence = json.GetProperty("sequence").GetInt64();
            var identity = new ObjectIdentity(
                json.GetProperty("address").GetString() ?? "", json.GetProperty("etag").GetString(), json.GetProperty("size").GetInt64());
            ByteRange[] done = [.. json.GetProperty("done").EnumerateArray().Select(pair => new ByteRange(pair[0].GetInt64(), pair[1].GetInt64()))];
            return json.GetProperty("checksum").GetString() == Checksum(sequence, identity, done) ? (new PartialRecord(identity, done), sequence) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null; // a line that was being written when the process, or the machine, stopped
        }
    }

    private static string Checksum(long sequence, ObjectIdentity identity, IEnumerable<ByteRange> done) => Hex.Sha256(string.Join(
        "\n",
        new[] { sequence.ToString(CultureInfo.InvariantCulture), identity.Address, identity.ETag, identity.Size.ToString(CultureInfo.InvariantCulture) }
            .Concat(done.Select(range => string.Format(CultureInfo.InvariantCulture, "{0}-{1}", range.Start, range.End)))));
}
