using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>A whole file of every format, written here, or by the format's own program where that takes a
/// compressor.</summary>
internal static class FormatFixtures
{
    /// <summary>The content of those that have any.</summary>
    public static readonly byte[] Words = Read("words.log");

    private static readonly Dictionary<string, Func<byte[]>> All = new()
    {
        ["rdb"] = () => RdbVerifierTests.EveryType(new RdbWriter(11)).ToArray(),
        ["rdb without a checksum"] = () => new RdbWriter(4).Add(254, 0).Key(0, "k").String("v").ToArray(),
        ["aof"] = () => Encoding.ASCII.GetBytes(
            "#TS:1700000000\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*1\r\n$5\r\nMULTI\r\n"
                + "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$3\r\nx\0y\r\n*1\r\n$4\r\nEXEC\r\n"),
        ["aof manifest"] = () => Encoding.ASCII.GetBytes(
            "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n"),
        ["gzip"] = () => Compressed.Gzip(Words),
        ["gzip of two members"] = () => [.. Compressed.Gzip(Words[..1000]), .. Compressed.Gzip([]),
            .. Compressed.Gzip(Words[1000..], CompressionLevel.Fastest)],
        ["gzip stored"] = () => Compressed.Gzip(FormatTest.Noise(70_000), CompressionLevel.NoCompression),
        ["zstd"] = () => Read("words-19.zst"),
        ["zstd fast"] = () => [.. Read("words-1.zst"), .. Skippable, .. ZstdRaw(Words)],
        ["lz4"] = () => Read("words.lz4"),
        ["lz4 of blocks"] = () => Lz4(Words, blockSize: 1000, hasBlockChecksum: true),
        ["lz4 legacy"] = () => new ByteWriter().U32(0x184C2102).U32(7).Add(0x60).Text("legacy").ToArray(),
        ["xz"] = () => Read("words-crc64.xz"),
        ["xz of two streams"] = () => [.. Read("words-sha256.xz"), 0, 0, 0, 0, .. Read("words-crc64.xz")],
        ["bzip2"] = () => Read("words.bz2"),
        ["bzip2 of two streams"] = () => [.. Read("words.bz2"), .. Read("words.bz2")],
        ["zip"] = () => Zip(CompressionLevel.Optimal, isSeekable: true),
        ["zip stored"] = () => Zip(CompressionLevel.NoCompression, isSeekable: true),
        ["zip with descriptors"] = () => Zip(CompressionLevel.Optimal, isSeekable: false),
        ["tar"] = () => Tar(TarEntryFormat.Ustar),
        ["tar of pax"] = () => Tar(TarEntryFormat.Pax),
        ["tar of gnu"] = () => Tar(TarEntryFormat.Gnu),
        ["tar of v7"] = () => Tar(TarEntryFormat.V7),
        ["tar in gzip"] = () => Compressed.Gzip(Tar(TarEntryFormat.Pax)),
        ["tar in lz4"] = () => Lz4(Tar(TarEntryFormat.Ustar), blockSize: 60_000, hasBlockChecksum: false),
        ["xbstream"] = Xbstream,
        ["qpress"] = () => Qpress(Words, isCompressed: false),
        ["qpress compressed"] = () => Qpress(Words, isCompressed: true),
        ["binlog"] = () => Binlog(hasChecksum: true),
        ["binlog without checksums"] = () => Binlog(hasChecksum: false),
        ["mtf"] = MtfWriter.Backup,
        ["mongodump archive"] = MongoArchive,
        ["bson"] = () => [.. Bson("a"), .. Bson("b")],
        ["pg_dump custom"] = PgCustom,
        ["pg_dump custom compressed"] = () => PgCustomWith(blocks: 2, isCompressed: true),
        ["pg_dump plain"] = () => Encoding.UTF8.GetBytes(
            "--\n-- PostgreSQL database dump\n--\n\n\\restrict aToken1\n\n-- Dumped from database version 17.6\n\n"
                + "CREATE TABLE t ();\n\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict aToken1\n\n"),
        ["mysqldump"] = () => Encoding.UTF8.GetBytes(
            "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n-- Host: localhost\n"
                + "-- Server version\t8.0.36\n\nCREATE TABLE t (a int);\n-- Dump completed on 2026-01-15  3:00:00\n"),
        ["backup_manifest"] = () => PgManifest(),
        ["wal"] = () => WalWriter.Fill().ToArray(),
        ["sqlite"] = SqliteWriter.Database,
        ["text"] = () => Words,
    };

    /// <summary>The names of all fixtures.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    private static byte[] Skippable => new ByteWriter().U32(0x184D2A53).U32(3).Text("abc").ToArray();

    public static byte[] Get(string name) => All[name]();

    public static byte[] Read(string file) => File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "Fixtures", "Formats", file));

    public static byte[] Lz4(byte[] content, int blockSize, bool hasBlockChecksum)
    {
        var writer = new ByteWriter().U32(0x184D2204).Add((byte)(0x68 | 4 | (hasBlockChecksum ? 0x10 : 0)), 0x40)
            .U64((ulong)content.Length);
        writer.Add((byte)(XxHash32.Compute(writer.ToArray().AsSpan(4)) >> 8));
        for (int at = 0; at < content.Length; at += blockSize)
        {
            byte[] part = content[at..Math.Min(content.Length, at + blockSize)];
            // Every other block is stored as it is.
            byte[] block = at / blockSize % 2 == 0 ? part : Lz4Block(part);
            writer.U32((uint)block.Length | (block == part ? 0x80000000 : 0)).Add(block);
            if (hasBlockChecksum)
                writer.U32(XxHash32.Compute(block));
        }

        return writer.U32(0).U32(XxHash32.Compute(content)).ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Content)[] members)
    {
        using var output = new MemoryStream();
        using (var tar = new TarWriter(output, format, leaveOpen: true))
        {
            foreach (var (name, content) in members.Length > 0 ? members
                : [("d/words.log", Words), ("d/empty", []),
                ($"d/{new string('n', format is TarEntryFormat.V7 or TarEntryFormat.Ustar ? 60 : 150)}", Words[..700])])
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, name),
                    _ => new GnuTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }

        return output.ToArray();
    }

    public static byte[] Zip(CompressionLevel level, bool isSeekable, params (string Name, byte[] Content)[] members)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(isSeekable ? output : new OneWayStream(output), ZipArchiveMode.Create,
            leaveOpen: true))
        {
            foreach (var (name, content) in members.Length > 0 ? members
                : [("d/words.log", Words), ("d/other.bin", FormatTest.Noise(300)), ("d/empty", [])])
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return output.ToArray();
    }

    public static byte[] Xbstream() => XbstreamWith(("shop/t.ibd", Words), ("shop/empty.frm", []),
        ("xtrabackup_checkpoints", "backup_type = full-backuped\n"u8.ToArray()),
        ("xtrabackup_info",
        Encoding.ASCII.GetBytes(
            "uuid = 1\ntool_version = 8.0.35-30\nserver_version = 8.0.36\n"
                + "end_time = 2026-01-15 03:00:00\npartial = N\n")),
        ("xtrabackup_tablespaces", "{}"u8.ToArray()));

    public static byte[] XbstreamWith(params (string Name, byte[] Content)[] members)
    {
        var writer = new ByteWriter();
        foreach (var (name, content) in members)
        {
            for (int at = 0; at < content.Length; at += 2500)
            {
                byte[] part = content[at..Math.Min(content.Length, at + 2500)];
                writer.Text("XBSTCK01").Add(0, (byte)'P').U32((uint)name.Length).Text(name).U64((ulong)part.Length)
                    .U64((ulong)at).U32(Crc32.Compute(part)).Add(part);
            }

            writer.Text("XBSTCK01").Add(0, (byte)'E').U32((uint)name.Length).Text(name);
        }

        return writer.ToArray();
    }

    public static byte[] Qpress(byte[] content, bool isCompressed)
    {
        const int Chunk = 4096;
        var writer = new ByteWriter().Text("qpress10").U64(Chunk).Add((byte)'F').U32(9).Text("words.log").Add(0);
        for (int at = 0; at < content.Length; at += Chunk)
        {
            byte[] part = content[at..Math.Min(content.Length, at + Chunk)];
            byte[] packet = isCompressed ? QuickLzWriter.Compress(part)
                : [0x46, .. new ByteWriter().U32((uint)part.Length + 9).U32((uint)part.Length).ToArray(), .. part];
            var adler = new Adler32();
            adler.Append(packet);
            writer.Text("NEWBNEWB").U64(0).U32(adler.Value).Add(packet);
        }

        return writer.Text("ENDSENDS").U64(0).ToArray();
    }

    public static byte[] Binlog(bool hasChecksum, bool isClosed = true, int flags = 0)
    {
        var writer = new ByteWriter().Add(0xFE).Text("bin");
        int at = Event(writer, 15, 2 + 50 + 4 + 1 + 40 + 1 + 4, flags: 0);
        writer.U16(4).Text("8.0.36").Add(new byte[44]).U32(1_700_000_000).Add(19).Add(new byte[40])
            .Add((byte)(hasChecksum ? 1 : 0)).Crc(at);
        byte[] head = writer.ToArray();
        head[at + 17] = (byte)flags;
        writer = new ByteWriter().Add(head);
        foreach (byte type in new byte[] { 34, 2, 19, 30, isClosed ? (byte)4 : (byte)16 })
        {
            at = Event(writer, type, 60 + (hasChecksum ? 4 : 0), flags: 0);
            writer.Add(FormatTest.Noise(60, type));
            if (hasChecksum)
                writer.Crc(at);
        }

        return writer.ToArray();
    }

    public static byte[] Bson(string name, string value = "value", byte[]? more = null)
    {
        byte[] body = new ByteWriter().Add(2).Text(name).Add(0).U32((uint)value.Length + 1).Text(value).Add(0)
            .Add(more ?? []).ToArray();
        return new ByteWriter().U32((uint)body.Length + 5).Add(body).Add(0).ToArray();
    }

    public static byte[] MongoArchive() => MongoArchiveOf("7.0.5", "collection", "t");

    /// <summary>An archive of one collection.</summary>
    /// <param name="server">The version of the server.</param>
    /// <param name="type">The type of the collection in its metadata.</param>
    /// <param name="stored">The name of the collection in the blocks.</param>
    /// <param name="view">Another one without documents; null for none.</param>
    /// <param name="options">The options and indexes in the metadata.</param>
    public static byte[] MongoArchiveOf(string server, string type, string stored, string? view = null,
        string options = "")
    {
        byte[][] documents = [Bson("name", "first"), Bson("name", "second"), Bson("name", "third")];
        var crc = Crc64.CreateXz();
        crc.Append(documents[0]);
        crc.Append(documents[1]);
        crc.Append(documents[2]);
        return new ByteWriter().U32(0x8199E26D)
            .Add(Bson("server_version", server, Element("version", "0.1")))
            .Add(Bson("db", "shop", [.. Element("collection", "t"),
                .. options.Length > 0 ? Element("metadata", options) : [], .. Element("type", type)]))
            .Add(view is null ? [] : Bson("db", "shop", [.. Element("collection", view), .. Element("type", "view")]))
            .U32(uint.MaxValue)
            .Add(Block(stored, isEnd: false, 0)).Add(documents[0]).Add(documents[1]).U32(uint.MaxValue)
            .Add(Block(stored, isEnd: false, 0)).Add(documents[2]).U32(uint.MaxValue)
            .Add(Block(stored, isEnd: true, crc.Value)).U32(uint.MaxValue)
            .Add(view is null ? [] : [.. Block(view, isEnd: true, 0), 0xFF, 0xFF, 0xFF, 0xFF]).ToArray();

        static byte[] Block(string collection, bool isEnd, ulong crc) =>
            Bson("db", "shop", [.. Element("collection", collection),
                .. new ByteWriter().Add(8).Text("EOF").Add(0, (byte)(isEnd ? 1 : 0)).Add(0x12).Text("CRC").Add(0)
                .U64(crc).ToArray()]);
        static byte[] Element(string name, string value) => new ByteWriter().Add(2).Text(name).Add(0)
            .U32((uint)value.Length + 1).Text(value).Add(0).ToArray();
    }

    public static byte[] PgCustom() => PgCustomWith(blocks: 2);

    public static byte[] PgCustomWith(int blocks, bool isCompressed = false) =>
        PgDumpWriter.Custom(blocks, isCompressed);

    public static byte[] PgManifest(params string[] files)
    {
        string body = "{ \"PostgreSQL-Backup-Manifest-Version\": 1,\n\"Files\": [\n"
            + string.Join(",\n", files.DefaultIfEmpty(
                "{ \"Path\": \"PG_VERSION\", \"Size\": 3, \"Checksum\": \"00\" }"))
            + "\n],\n\"WAL-Ranges\": [ ],\n";
        string sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(body)));
        return Encoding.ASCII.GetBytes($"{body}\"Manifest-Checksum\": \"{sum}\"}}\n");
    }

    public static byte[] ZstdRaw(byte[] content)
    {
        var writer = new ByteWriter().U32(0xFD2FB528).Add(0x84, 0x28).U32((uint)content.Length + 1000);
        for (int at = 0; at < content.Length; at += 2500)
        {
            byte[] part = content[at..Math.Min(content.Length, at + 2500)];
            writer.Add((byte)(part.Length << 3), (byte)(part.Length >> 5), (byte)(part.Length >> 13)).Add(part);
        }

        // A thousand times the same byte.
        return writer.Add((1000 << 3 & 0xF8) | 3, 1000 >> 5, 0, (byte)'x')
            .U32((uint)XxHash64.Compute([.. content, .. Enumerable.Repeat((byte)'x', 1000)])).ToArray();
    }

    private static int Event(ByteWriter writer, byte type, int body, int flags)
    {
        int at = writer.Length;
        writer.U32(1_700_000_000).Add(type).U32(1).U32((uint)(19 + body)).U32((uint)(at + 19 + body)).U16(flags);
        return at;
    }

    // Literals, a match that overlaps itself, and literals again.
    private static byte[] Lz4Block(byte[] content)
    {
        var writer = new ByteWriter().Add(0xF0);
        int rest = content.Length - 15;
        for (; rest >= 255; rest -= 255)
            writer.Add(255);
        return writer.Add((byte)rest).Add(content).ToArray();
    }

    private sealed class OneWayStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set =>
            throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
