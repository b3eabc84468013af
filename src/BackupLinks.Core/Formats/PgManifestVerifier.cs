using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The manifest of pg_basebackup (PostgreSQL documentation, "Backup Manifest Format"): JSON, whose last line has the
/// SHA-256
/// of the lines before it.
/// </summary>
internal sealed class PgManifestVerifier : FormatVerifier
{
    private const int LongestLine = ByteReader.LookAhead;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.PgManifest;

    /// <inheritdoc/>
    public override string Name => "backup_manifest";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length > 0 && head[0] == '{'
            && head.Slice(0, Math.Min(64, head.Length)).IndexOf("\"PostgreSQL-Backup-Manifest-Version\""u8) > 0;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) => Read(input, layer, _ => { });

    /// <summary>Verifies a manifest.</summary>
    /// <param name="input">The reader, at its beginning.</param>
    /// <param name="layer">Takes what was found.</param>
    /// <param name="file">Takes the line of each file.</param>
    /// <exception cref="BackupFormatException">The first problem.</exception>
    public static void Read(ByteReader input, BackupLayer layer, Action<byte[]> file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long files = 0;
        layer.Engine = "PostgreSQL";
        while (true)
        {
            long at = input.Position;
            byte[] line = ReadLine(input);
            if (line.Length == 0)
            {
                throw BackupFormatException.Truncated(
                    at, "the last line of the manifest, with its checksum, is not there");
            }

            if (line.AsSpan().StartsWith("\"Manifest-Checksum\""u8))
            {
                Require(Encoding.UTF8.GetString(line), Hex.Encode(hash.GetHashAndReset()), at);
                break;
            }

            if (line.AsSpan().StartsWith("{ \"Path\""u8) || line.AsSpan().StartsWith("{ \"Encoded-Path\""u8))
            {
                files++;
                file(line);
            }

            hash.AppendData(line);
        }

        layer.Details["Files"] = files;
        layer.Checksum = ChecksumCoverage.Verified;
        RequireEnd(input);
    }

    private static void Require(string line, string computed, long at)
    {
        var stated = Regex.Match(line, "^\"Manifest-Checksum\": *\"([0-9a-f]{64})\"[ \\t\\r\\n]*\\}[ "
            + "\\t\\r\\n]*$", RegexOptions.CultureInvariant);
        if (!stated.Success)
            throw BackupFormatException.Truncated(at, $"the checksum of the manifest at {Numbers.Text(at)} has no end");
        if (stated.Groups[1].Value != computed)
        {
            throw BackupFormatException.Damaged(
                at, $"the SHA-256 of the manifest is {computed}, and its last line says {stated.Groups[1].Value}");
        }
    }

    private static byte[] ReadLine(ByteReader input)
    {
        var window = input.Peek(LongestLine);
        int end = window.IndexOf((byte)'\n');
        byte[] line = (end < 0 ? window : window.Slice(0, end + 1)).ToArray();
        input.Advance(line.Length);
        return line;
    }

    private static void RequireEnd(ByteReader input)
    {
        for (; input.Fill(1); input.Advance(1))
        {
            if (input.Window[0] is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                throw BackupFormatException.Damaged(
                    input.Position, $"the manifest ends at {Numbers.Text(input.Position)}, and other bytes follow");
            }
        }
    }
}
