using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using BackupLinks.Checksums;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Archives of mongodump (mongo-tools, <c>common/archive/spec.md</c>). The documents of a collection have a CRC-64 in
/// the block that ends it; what stands in front of the collections has none.
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
        private const int LongestType = 64;

        // The length of a document or a mark, which is wrong before it is passed.
        private const int Shown = 4;

        // Null once the collection has ended.
        private readonly Dictionary<string, Collection?> _collections = new(StringComparer.Ordinal);
        private bool _hasBuckets = true;

        public void Run()
        {
            input.Skip(4, "the header");
            ReadHeader();
            while (!IsTerminator())
                ReadMetadata();
            layer.Checksum = ChecksumCoverage.Partial;
            while (!input.IsAtEnd)
            {
                long at = input.Position;
                try
                {
                    ReadBlock();
                }
                catch (BackupFormatException e)
                {
                    layer.Fail(e.State, e.Offset, e.Message, Math.Max(input.Position, e.Offset + Shown),
                        FindBegin(at));
                    throw;
                }
            }

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
            string? database = null, collection = null, type = null;
            if (PeekLength(input.Position) > LongestHeader)
                type = ReadLongMetadata(Take);
            else
                Read("the metadata of a collection", Take);
            // A view has an end, too, and no documents before it; servers before 8.3 have the documents of a time
            // series in another collection.
            if (!string.IsNullOrEmpty(collection))
            {
                string prefix = type == "timeseries" && _hasBuckets ? "system.buckets." : "";
                _collections[$"{database}.{prefix}{collection}"] = new Collection();
            }

            void Take(string name, object? value)
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
            }
        }

        // The names come first, then the text of options and indexes, which is long, and the type last.
        private string? ReadLongMetadata(BsonDocument.Element element)
        {
            BsonDocument.TryRead(input.Peek(LongestHeader), element);
            var tail = new TailBytes(LongestType);
            input.Watch(tail.Append);
            BsonVerifier.SkipDocument(input);
            input.Watch(null);
            return tail.Span.IndexOf("timeseries\0"u8) >= 0 ? "timeseries" : null;
        }

        // Where the bytes begin that no checksum has verified: with the first of the collections that have no end yet.
        private long FindBegin(long block)
        {
            foreach (var collection in _collections.Values)
                block = Math.Min(block, collection?.Begin ?? block);
            return block;
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
            if (!_collections.TryGetValue(key, out var open))
                _collections[key] = open = new Collection();
            if (open is null)
            {
                throw BackupFormatException.Damaged(
                    at, $"the collection '{key}' has ended, and continues at {Numbers.Text(at)}");
            }

            open.Begin ??= at;
            var sum = open.Sum;
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

        private sealed class Collection
        {
            /// <summary>The sum of its documents so far.</summary>
            public Crc64 Sum { get; } = Crc64.CreateXz();

            /// <summary>Where its first block begins; null in front of it.</summary>
            public long? Begin { get; set; }
        }
    }
}
