using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using BackupLinks.Text;

namespace BackupLinks.Files;

/// <summary>
/// A checkpoint of a partial file: the object, and which of its bytes are there. The journal has two lines of fixed
/// length, written in turn: whatever happens during a write, the other line is whole, and a checksum tells which.
/// </summary>
/// <param name="Identity">The object.</param>
/// <param name="Flushed">The ranges that are on the disk, in order; true whatever happens to the machine.</param>
/// <param name="Written">
/// The ranges that the system has taken, in order; true until the system restarts, also when the process is killed.
/// </param>
/// <param name="Boot">
/// Which start of the system <paramref name="Written"/> is of; null when the system does not say.
/// </param>
internal sealed record PartialRecord(
    ObjectIdentity Identity, IReadOnlyList<CheckedRange> Flushed, IReadOnlyList<CheckedRange> Written, string? Boot)
{
    /// <summary>The length of a line, in bytes.</summary>
    public const int LineLength = 16 * 1024;

    private const string AnyFormat = "BackupLinks partial file";
    private const string Format = AnyFormat + ", version 2";
    private const int LongestRange = 64;
    private const int RoomForTheRest = 400;

    /// <summary>
    /// All of a journal without a checkpoint. It is short: most files are so small that theirs never has one.
    /// </summary>
    public static byte[] Mark { get; } = Encoding.UTF8.GetBytes($"{{\"format\":\"{Format}\"}}\n");

    /// <summary>The ranges that are there for certain.</summary>
    /// <param name="boot">The system's start now; null when it does not say.</param>
    public IReadOnlyList<CheckedRange> GetCompletedRanges(string? boot) =>
        boot is not null && boot == Boot ? Written : Flushed;

    /// <summary>The record as one line.</summary>
    /// <param name="sequence">Higher for a newer line.</param>
    public byte[] ToLine(long sequence)
    {
        // A range that is left out costs a second download of that range, no more.
        int room = LineLength - RoomForTheRest - (2 * Encoding.UTF8.GetByteCount(Identity.Address))
            - (2 * Encoding.UTF8.GetByteCount(Identity.Validator ?? ""));
        int most = Math.Max(0, room / LongestRange / 2);
        CheckedRange[] flushed = [.. Flushed.Take(most)];
        CheckedRange[] written = [.. Written.Take(most)];
        using var text = new MemoryStream(LineLength);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("sequence", sequence);
            json.WriteString("address", Identity.Address);
            json.WriteString("etag", Identity.Validator);
            json.WriteNumber("size", Identity.Size);
            Write(json, "flushed", flushed);
            Write(json, "written", written);
            json.WriteString("boot", Boot);
            json.WriteString("checksum", Checksum(sequence, Identity, flushed, written, Boot));
            json.WriteEndObject();
        }

        // An address of kilobytes; such a file is not resumed.
        return text.Length >= LineLength ? [] : Pad(text.ToArray());
    }

    /// <summary>Reads a journal.</summary>
    /// <param name="content">All its bytes.</param>
    /// <returns>The newer of its good lines and that line's number; null when none is good.</returns>
    public static (PartialRecord Record, long Sequence)? Parse(byte[] content)
    {
        (PartialRecord Record, long Sequence)? newest = null;
        for (int start = 0; start + LineLength <= content.Length; start += LineLength)
        {
            if (ParseLine(content.AsMemory(start, LineLength)) is { } found
                && (newest is null || found.Sequence > newest.Value.Sequence))
            {
                newest = found;
            }
        }

        return newest;
    }

    /// <summary>
    /// True for a journal of this module, of any version, also one that a power cut has damaged. Such a file has the
    /// mark of this module, or is all blank where the disk had not taken it; the text of another program is neither.
    /// </summary>
    public static bool IsOurs(byte[] content) =>
        content.Length > 0
        && (Array.TrueForAll(content, value => value is 0 or (byte)' ' or (byte)'\n')
            || Encoding.UTF8.GetString(content).IndexOf(AnyFormat, StringComparison.Ordinal) >= 0);

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
                json.GetProperty("address").GetString() ?? "",
                json.GetProperty("etag").GetString(),
                json.GetProperty("size").GetInt64());
            CheckedRange[] flushed = Read(json.GetProperty("flushed"));
            CheckedRange[] written = Read(json.GetProperty("written"));
            string? boot = json.GetProperty("boot").GetString();
            return json.GetProperty("checksum").GetString() == Checksum(sequence, identity, flushed, written, boot)
                && IsPossible(flushed, identity.Size) && IsPossible(written, identity.Size)
                ? (new PartialRecord(identity, flushed, written, boot), sequence)
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or OverflowException)
        {
            return null; // a line that was being written when the process, or the machine, stopped
        }
    }

    private static byte[] Pad(byte[] text)
    {
        byte[] line = new byte[LineLength];
        Array.Copy(text, line, text.Length);
        for (int i = text.Length; i < LineLength; i++)
            line[i] = (byte)' ';
        line[LineLength - 1] = (byte)'\n';
        return line;
    }

    private static void Write(Utf8JsonWriter json, string name, CheckedRange[] ranges)
    {
        json.WriteStartArray(name);
        foreach (var range in ranges)
        {
            json.WriteStartArray();
            json.WriteNumberValue(range.Start);
            json.WriteNumberValue(range.End);
            json.WriteStringValue(range.Checksum.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static CheckedRange[] Read(JsonElement ranges) =>
        [.. ranges.EnumerateArray().Select(range => new CheckedRange(
            range[0].GetInt64(),
            range[1].GetInt64(),
            ulong.Parse(range[2].GetString() ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))];

    // In order, without overlap, within the object.
    private static bool IsPossible(CheckedRange[] ranges, long size)
    {
        long end = 0;
        foreach (var range in ranges)
        {
            if (range.Start < end || range.End <= range.Start || range.End > size)
                return false;
            end = range.End;
        }

        return true;
    }

    private static string Checksum(
        long sequence, ObjectIdentity identity, IEnumerable<CheckedRange> flushed, IEnumerable<CheckedRange> written,
        string? boot)
    {
        var text = new StringBuilder();
        text.AppendFormat(
            CultureInfo.InvariantCulture, "{0}\n{1}\n{2}\n{3}\n{4}",
            sequence, identity.Address, identity.Validator, identity.Size, boot);
        foreach (var range in flushed)
            Append(text, range);
        text.Append("\nwritten");
        foreach (var range in written)
            Append(text, range);
        return Hex.Sha256(text.ToString());
    }

    private static void Append(StringBuilder text, CheckedRange range) => text.AppendFormat(
        CultureInfo.InvariantCulture, "\n{0}-{1} {2:x16}", range.Start, range.End, range.Checksum);
}
