using System;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Writes dumps of pg_dump, in version 1.14 of its archives where no other is given.</summary>
internal sealed class PgDumpWriter
{
    private readonly ByteWriter _writer = new();
    private readonly byte _version;

    private PgDumpWriter(byte format, bool isCompressed, int entries, byte version = 14)
    {
        _version = version;
        _writer.Text("PGDMP").Add(1, version, 0, 4, 8, format);
        // The level of zlib, and since 1.15 the number of the algorithm.
        if (version < 15)
            Int(isCompressed ? -1 : 0);
        else
            _writer.Add((byte)(isCompressed ? 1 : 0));
        foreach (int number in new[] { 30, 15, 3, 15, 0, 126, 0 })
            Int(number);
        Text("shop");
        Text("15.4");
        Text("15.4");
        Int(entries);
    }

    /// <summary>One file, with two entries that have data and one that has none.</summary>
    /// <param name="blocks">How many blocks of data there are.</param>
    /// <param name="isCompressed">True for data in zlib.</param>
    /// <param name="version">The second number of the version.</param>
    public static byte[] Custom(int blocks, bool isCompressed, byte version = 14)
    {
        byte[] data = FormatFixtures.Words[..1000];
        data = isCompressed ? Compressed.Zlib(data) : data;
        var dump = new PgDumpWriter(1, isCompressed, entries: 3, version);
        for (int i = 0; i < 3; i++)
        {
            dump.Entry(i + 1, hasData: i < 2);
            dump._writer.Add((byte)(i < 2 ? 1 : 3)).U64(0);
        }

        for (int i = 0; i < blocks; i++)
            dump.Block(i + 1, data[..100], data[100..]);
        return dump._writer.ToArray();
    }

    /// <summary>The table of contents of a dump in several files.</summary>
    /// <param name="format">3 for tar, 5 for a directory.</param>
    /// <param name="files">The file of each entry; null for one without data.</param>
    public static byte[] Toc(byte format, params string?[] files)
    {
        var dump = new PgDumpWriter(format, isCompressed: true, files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            dump.Entry(i + 1, files[i] is not null);
            dump.Text(files[i]);
        }

        return dump._writer.ToArray();
    }

    private void Entry(int number, bool hasData)
    {
        Int(number);
        Int(hasData ? 1 : 0);
        foreach (string text in new[] { "1259", "16385", "t", "TABLE DATA" })
            Text(text);
        // The section, since 1.11; the access method, since 1.14; and the kind of the relation, since 1.16.
        if (_version >= 11)
            Int(3);
        foreach (string text in new[] { "", "", "COPY t FROM stdin;\n", "public", "" })
            Text(text);
        if (_version >= 14)
            Text("heap");
        if (_version >= 16)
            Int('r');
        foreach (string? text in new[] { "postgres", "false", "12", null })
            Text(text);
    }

    private void Block(int number, params byte[][] parts)
    {
        _writer.Add(1);
        Int(number);
        foreach (byte[] part in parts)
        {
            Int(part.Length);
            _writer.Add(part);
        }

        Int(0);
    }

    private void Int(int value) => _writer.Add((byte)(value < 0 ? 1 : 0)).U32((uint)Math.Abs(value));

    private void Text(string? text)
    {
        Int(text?.Length ?? -1);
        _writer.Text(text ?? "");
    }
}
