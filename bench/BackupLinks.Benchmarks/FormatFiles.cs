using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using BackupLinks.Checksums;

namespace BackupLinks.Benchmarks;

/// <summary>Writes whole files of about a given size, in the formats that no program on the machine writes.</summary>
internal static class FormatFiles
{
    private const int PartSize = 10 * 1024 * 1024;
    private const int ChunkSize = 64 * 1024;

    /// <summary>Keys of 20 bytes with values of 245, as of a cache of sessions.</summary>
    public static void WriteRdb(string path, long size)
    {
        using var file = new Output(path);
        var crc = Crc64.CreateJones();
        file.Passed = (bytes, offset, count) => crc.Append(bytes, offset, count);
        file.Text("REDIS0010");
        file.Bytes([0xFA, 9, .. "redis-ver"u8, 6, .. "7.0.15"u8, 0xFE, 0]);
        byte[] value = Noise(245 + 4096, 1);
        for (int i = 0; file.Position < size; i++)
        {
            file.Bytes([0, 20]);
            file.Text($"session:{i:000000000000}");
            file.Bytes([0x40, 245]);
            file.Bytes(value, i % 4096, 245);
        }

        file.Bytes([0xFF]);
        file.Flush();
        file.Bytes(crc.Value);
    }

    /// <summary>Members of 100 MiB in chunks of 10 MiB, as XtraBackup writes them.</summary>
    public static void WriteXbstream(string path, long size)
    {
        using var file = new Output(path);
        byte[] part = Noise(PartSize, 2);
        uint crc = Crc32.Compute(part);
        for (int member = 0; file.Position < size; member++)
        {
            string name = $"shop/table{member}.ibd";
            for (int i = 0; i < 10 && file.Position < size; i++)
            {
                BeginChunk(file, 'P', name);
                file.Bytes((ulong)part.Length);
                file.Bytes((ulong)i * PartSize);
                file.Bytes(crc);
                file.Bytes(part);
            }

            BeginChunk(file, 'E', name);
        }

        byte[] info = "tool_version = 8.0.35-30\nserver_version = 8.0.36\n"u8.ToArray();
        foreach (string name in new[] { "xtrabackup_info", "xtrabackup_tablespaces" })
        {
            BeginChunk(file, 'P', name);
            file.Bytes((ulong)info.Length);
            file.Bytes(0UL);
            file.Bytes(Crc32.Compute(info));
            file.Bytes(info);
            BeginChunk(file, 'E', name);
        }
    }

    /// <summary>One file in packets of 64 KiB that could not be compressed.</summary>
    public static void WriteQpress(string path, long size)
    {
        using var file = new Output(path);
        byte[] packet = [0x46, 0, 0, 0, 0, 0, 0, 0, 0, .. Noise(ChunkSize, 3)];
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(1), (uint)packet.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(5), ChunkSize);
        var adler = new Adler32();
        adler.Append(packet);
        file.Text("qpress10");
        file.Bytes((ulong)ChunkSize);
        file.Bytes([(byte)'F', 7, 0, 0, 0, .. "big.ibd"u8, 0]);
        while (file.Position < size)
        {
            file.Text("NEWBNEWB");
            file.Bytes(0UL);
            file.Bytes(adler.Value);
            file.Bytes(packet);
        }

        file.Text("ENDSENDS");
        file.Bytes(0UL);
    }

    /// <summary>Events of rows of 8 KiB, with checksums, as of a server under load.</summary>
    public static void WriteBinlog(string path, long size)
    {
        const int RowsSize = 8192;
        using var file = new Output(path);
        byte[] head = Event(15, 2 + 50 + 4 + 1 + 40 + 1);
        head[19] = 4;
        Encoding.ASCII.GetBytes("8.0.36").CopyTo(head, 21);
        head[75] = 19;
        head[^5] = 1;
        byte[] rows = Event(30, RowsSize);
        Noise(RowsSize, 4).CopyTo(rows, 19);
        file.Bytes([0xFE, .. "bin"u8]);
        Write(head);
        while (file.Position < size)
            Write(rows);
        Write(Event(3, 0));

        static byte[] Event(byte type, int body)
        {
            byte[] bytes = new byte[19 + body + 4];
            bytes[4] = type;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(9), (uint)bytes.Length);
            return bytes;
        }

        void Write(byte[] bytes)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(13), (uint)(file.Position + bytes.Length));
            BinaryPrimitives.WriteUInt32LittleEndian(
                bytes.AsSpan(bytes.Length - 4), Crc32.Compute(bytes.AsSpan(0, bytes.Length - 4)));
            file.Bytes(bytes);
        }
    }

    /// <summary>One collection of documents of 1 KiB in blocks of 16 MB.</summary>
    public static void WriteMongoArchive(string path, long size)
    {
        using var file = new Output(path);
        var crc = Crc64.CreateXz();
        byte[] document = Document(5, [0, .. BitConverter.GetBytes(1000), 0, .. Noise(1000, 5)]);
        file.Bytes(0x8199E26DU);
        file.Bytes(Document(2, "server_version", "7.0.5"));
        file.Bytes(Document(2, "db", "shop", [2, .. "collection\0"u8, 2, 0, 0, 0, (byte)'t', 0]));
        file.Bytes(uint.MaxValue);
        while (file.Position < size)
        {
            file.Bytes(Block(isEnd: false, 0));
            for (int i = 0; i < 16_000; i++)
            {
                file.Bytes(document);
                crc.Append(document);
            }

            file.Bytes(uint.MaxValue);
        }

        file.Bytes(Block(isEnd: true, crc.Value));
        file.Bytes(uint.MaxValue);

        static byte[] Block(bool isEnd, ulong crc) => Document(2, "db", "shop",
            [2, .. "collection\0"u8, 2, 0, 0, 0, (byte)'t', 0, 8, .. "EOF\0"u8, (byte)(isEnd ? 1 : 0), 0x12,
                .. "CRC\0"u8, .. BitConverter.GetBytes(crc)]);
    }

    /// <summary>A full backup of SQL Server, with a checksum on each page.</summary>
    public static void WriteMtf(string path, long size)
    {
        const int PageSize = 8192;
        using var file = new Output(path);
        long pages = size / PageSize;
        byte[] page = Page();
        file.Bytes(Header("TAPE", 140));
        Stream("SPAD", 0);
        file.Bytes(Header("SFMB", 512));
        file.Bytes(Header("SSET", 152));
        Stream("SPAD", 0);
        file.Bytes(Header("MSDA", 108));
        Stream("MQDA", 2 + (pages * PageSize));
        file.Bytes([0, 0]);
        for (long i = 0; i < pages; i++)
            file.Bytes(page);
        Stream("SPAD", 0);
        file.Bytes(Header("SFMB", 512));
        for (int i = 0; i < 2; i++)
        {
            file.Bytes(Header("ESET", 108));
            Stream("SPAD", 0);
        }

        file.Bytes(Header("SFMB", 512));

        void Stream(string id, long length)
        {
            byte[] header = new byte[22];
            Encoding.ASCII.GetBytes(id).CopyTo(header, 0);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), length);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), Sum(header, 10));
            file.Bytes(header);
            if (length == 0)
                file.Bytes([0, 0]);
        }

        static byte[] Header(string type, int length)
        {
            byte[] block = new byte[length];
            Encoding.ASCII.GetBytes(type).CopyTo(block, 0);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(8), (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(50), Sum(block, 25));
            return block;
        }

        static byte[] Page()
        {
            byte[] page = [1, 0, 0, 0, 0, 2, .. new byte[90], .. Noise(PageSize - 96, 6)];
            uint sum = 0;
            for (int sector = 0; sector < 16; sector++)
            {
                uint word = 0;
                for (int at = 512 * sector; at < 512 * (sector + 1); at += 4)
                    word ^= BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(at));
                sum ^= uint.RotateLeft(word, 15 - sector);
            }

            BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(60), sum);
            return page;
        }

        static ushort Sum(byte[] bytes, int words)
        {
            ushort sum = 0;
            for (int i = 0; i < words; i++)
                sum ^= BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i));
            return sum;
        }
    }

    /// <summary>A dump as SQL, for compressors: names from a list, numbers, and some noise.</summary>
    public static void WriteSql(string path, long size)
    {
        string[] words = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "hazel", "ivy", "juniper", "maple"];
        var random = new Random(7);
        using var file = new Output(path);
        file.Text("-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n");
        while (file.Position < size)
        {
            file.Text($"INSERT INTO `trees` VALUES ({random.Next()},'{words[random.Next(words.Length)]} "
                + $"{words[random.Next(words.Length)]}',{random.Next(1000)},'{random.NextInt64():x16}');\n");
        }

        file.Text("-- Dump completed on 2026-01-15  3:00:00\n");
    }

    private static void BeginChunk(Output file, char type, string name)
    {
        file.Text("XBSTCK01");
        file.Bytes([0, (byte)type]);
        file.Bytes((uint)name.Length);
        file.Text(name);
    }

    private static byte[] Document(byte type, string name, string value, byte[]? more = null) =>
        Document(type, [.. Encoding.ASCII.GetBytes(name), 0, .. BitConverter.GetBytes(value.Length + 1),
            .. Encoding.ASCII.GetBytes(value), 0, .. more ?? []]);

    private static byte[] Document(byte type, byte[] rest) =>
        [.. BitConverter.GetBytes(rest.Length + 6), type, .. rest, 0];

    private static byte[] Noise(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    // A buffer in front of a file.
    private sealed class Output(string path) : IDisposable
    {
        private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        private readonly byte[] _buffer = new byte[1 << 20];
        private int _count;

        public Action<byte[], int, int>? Passed { get; set; }

        public long Position { get; private set; }

        public void Text(string text) => Bytes(Encoding.ASCII.GetBytes(text));

        public void Bytes(uint value) => Bytes(BitConverter.GetBytes(value));

        public void Bytes(ulong value) => Bytes(BitConverter.GetBytes(value));

        public void Bytes(byte[] bytes) => Bytes(bytes, 0, bytes.Length);

        public void Bytes(byte[] bytes, int offset, int count)
        {
            Position += count;
            while (count > 0)
            {
                int taken = Math.Min(count, _buffer.Length - _count);
                Buffer.BlockCopy(bytes, offset, _buffer, _count, taken);
                _count += taken;
                offset += taken;
                count -= taken;
                if (_count == _buffer.Length)
                    Flush();
            }
        }

        public void Flush()
        {
            Passed?.Invoke(_buffer, 0, _count);
            _file.Write(_buffer, 0, _count);
            _count = 0;
        }

        public void Dispose()
        {
            Passed = null;
            Flush();
            _file.Dispose();
        }
    }
}
