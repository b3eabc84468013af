using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Archives of mongodump (mongo-tools, <c>common/archive/spec.md</c>). The documents of a collection have a CRC-64 in
/// the
/// block that ends it; what stands in front of the collections has none.
/// </summary>
internal sealed class MongoArchiveVerifier : FormatVerifier
{
    private const uint Magic = 0x8199E26D;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.MongoArchive;

    /// <inheritdoc/>
    public override string Name => "mongodump archive";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) == Magic;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) => new Walker(input, layer).Run();

    private sealed class Walker(ByteReader input, BackupLayer layer)
    {
        private const int LongestHeader = ByteReader.LookAhead;

        // Null once the collection has ended.
        private readonly Dictionary<string, Crc64?> _collections = new(StringComparer.Ordinal);
        private bool _hasBuckets = true;

        public void Run()
        {
            input.Skip(4, "the header");
            ReadHeader();
            while (!IsTerminator())
                ReadMetadata();
            layer.Checksum = ChecksumCoverage.Partial;
            while (!input.IsAtEnd)
                ReadBlock();
            layer.Details["Collections"] = _collections.Count;
            foreach (var collection in _collections)
            {
                if (collection.Value is not null)
                {
                    throw BackupFormatException.Truncated(
                        input.Position, $"the collection '{collection.Key}' has no end at "
                        + $"{Numbers.Text(input.Position)}");
                }
            }
        }

        private void ReadHeader()
        {
            Read("the header", (name, value) =>
            {
                if (name == "server_version" && value is string version)
                {
                    layer.Engine = "MongoDB " + version;
                    _hasBuckets = !IsSince83(version);
                }

                if (name == "version" && value is string format)
                    layer.Version = format;
                if (name == "tool_version" && value is string tool)
                    layer.Details["Tool"] = tool;
            });
        }

        private void ReadMetadata()
        {
            long at = input.Position;
            if (PeekLength(at) > LongestHeader)
            {
                BsonVerifier.SkipDocument(input);
                return;
            }

            string? database = null, collection = null, type = null;
            Read("the metadata of a collection", (name, value) =>
            {
                switch (name)
                {
                    case "db":
                        database = value as string;
                        break;
                    case "collection":
                        collection = value as string;
                        break;
                    case "type":
                        type = value as string;
                        break;
                }
            });
            // A view has an end, too, and no documents before it; servers before 8.3 have the documents of a time
            // series in another collection.
            if (!string.IsNullOrEmpty(collection))
            {
                string prefix = type == "timeseries" && _hasBuckets ? "system.buckets." : "";
                _collections[$"{database}.{prefix}{collection}"] = Crc64.CreateXz();
            }
        }

        private static bool IsSince83(string version)
        {
            string[] parts = version.Split('.', '-');
            return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
                && (major > 8 || (major == 8 && parts.Length > 1
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
                && minor >= 3));
        }

        private void ReadBlock()
        {
            long at = input.Position;
            string? database = null, collection = null;
            bool isEnd = false;
            long stated = 0;
            Read("the header of a block", (name, value) =>
            {
                switch (name)
                {
                    case "db":
                        database = value as string;
                        break;
                    case "collection":
                        collection = value as string;
                        break;
                    case "EOF":
                        isEnd = value is true;
                        break;
                    case "CRC":
                        stated = value is long crc ? crc : 0;
                        break;
                }
            });
            if (database is null || collection is null)
            {
                throw BackupFormatException.Damaged(
                    at, $"the header of the block at {Numbers.Text(at)} names no collection");
            }

            string key = $"{database}.{collection}";
            if (!_collections.TryGetValue(key, out var sum))
                _collections[key] = sum = Crc64.CreateXz();
            if (sum is null)
            {
                throw BackupFormatException.Damaged(
                    at, $"the collection '{key}' has ended, and goes on at {Numbers.Text(at)}");
            }

            if (isEnd)
            {
                if ((ulong)stated != sum.Value)
                {
                    throw BackupFormatException.Damaged(
                        at, $"the CRC-64 of the collection '{key}' is {sum.Value:x16}, and its end at "
                        + $"{Numbers.Text(at)} says {stated:x16}");
                }

                _collections[key] = null;
                long end = input.Position;
                if (!IsTerminator())
                {
                    throw BackupFormatException.Damaged(
                        end, $"the collection '{key}' has ended, and a document follows at {Numbers.Text(end)}");
                }

                return;
            }

            ReadDocuments(sum);
        }

        private void ReadDocuments(Crc64 sum)
        {
            input.Watch(sum.Append);
            while (PeekLength(input.Position) != uint.MaxValue)
                BsonVerifier.SkipDocument(input);
            input.Watch(null);
            input.Advance(4);
        }

        private bool IsTerminator()
        {
            if (PeekLength(input.Position) != uint.MaxValue)
                return false;
            input.Advance(4);
            return true;
        }

        private uint PeekLength(long at)
        {
            var length = input.Peek(4);
            return length.Length == 4
                ? BinaryPrimitives.ReadUInt32LittleEndian(length)
                : throw BackupFormatException.Truncated(
                    at, $"a document or the end of a block begins at {Numbers.Text(at)} and {length.Length} "
                    + "bytes are there");
        }

        private void Read(string what, BsonDocument.Element element)
        {
            long at = input.Position;
            uint length = PeekLength(at);
            if (length is < BsonDocument.Shortest or > LongestHeader)
            {
                throw BackupFormatException.Damaged(
                    at, $"{what} at {Numbers.Text(at)} has the length {Numbers.Text(length)}");
            }

            if (!BsonDocument.TryRead(input.Read((int)length, what), element))
                throw BackupFormatException.Damaged(at, $"{what} at {Numbers.Text(at)} is not a BSON document");
        }
    }
}
