using System;
using System.Linq;
using System.Text;
using BackupLinks.Catalog;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Lines are read by one reader when they are as this module writes them, and by another one else.</summary>
public sealed class CatalogEntryReaderTests
{
    private static readonly string?[] Texts =
    [
        null, "a", "orders-1", "名字", "a \"quoted\" name", @"back\slash", "tab\there", "\u2028", new string('x', 200),
        "",
    ];

    private static readonly string[] Times =
        ["2026-01-15T01:30:00Z", "2024-02-29T23:59:59.1234567Z", "0001-01-01T00:00:00Z", "2026-12-31T00:00:00.05Z"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_entry_is_read_as_it_was_written(bool withObjects)
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            var entry = NewEntry(random);
            byte[] line = entry.ToLine();

            var read = new CatalogEntryReader(withObjects).Read(line.AsSpan(0, line.Length - 1));

            Assert.Equal(withObjects ? entry : entry with { Object = null, ETag = null, LastModified = null }, read);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_damaged_line_is_read_as_any_JSON_is(bool withObjects)
    {
        var random = new Random(2);
        int good = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] line = NewEntry(random).ToLine()[..^1];
            switch (random.Next(4))
            {
                case 0:
                    line = line[..random.Next(line.Length)];
                    break;
                case 1:
                    line[random.Next(line.Length)] = (byte)random.Next(128);
                    break;
                case 2:
                    int start = random.Next(line.Length);
                    line.AsSpan(start, Math.Min(random.Next(1, 40), line.Length - start)).Clear();
                    break;
                case 3:
                    line[random.Next(line.Length)] = (byte)"\"\\{}[]:,09nt"[random.Next(12)];
                    break;
            }

            // A space that no writer here puts there.
            byte[] spaced = [.. line.Take(1), (byte)' ', .. line.Skip(1)];
            var reader = new CatalogEntryReader(withObjects);
            var expected = reader.Read(spaced);

            Assert.True(expected == reader.Read(line), Encoding.UTF8.GetString(line));
            good += expected is null ? 0 : 1;
        }

        Assert.InRange(good, 1000, 19_000);
    }

    [Theory]
    [InlineData("""{"path":"a","size":1,"sha256":"b","new":{"x":[1,"}"]},"part":"p"}""", "p")]
    [InlineData("""{"path":"a","size":1,"sha256":"b","new":[null],"part":"p","other":true}""", "p")]
    [InlineData("""{"path":"a","size":1,"sha256":"b","new":-1.5e3,"part":null}""", null)]
    [InlineData("""{"path":"a","size":1,"sha256":"b","p\u0061rt":"p","savedAt":"2026-01-15T01:30:00+08:00"}""", null)]
    public void Fields_of_later_versions_are_skipped(string line, string? part) =>
        Assert.Equal((1, part), (Read(line)?.Size, Read(line)?.Part));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"path":"a","size":1,"sha256":"b"}}""")]
    [InlineData("""{"path":"a","size":1,"sha256":"b",}""")]
    [InlineData("""{"path":"a","size":01,"sha256":"b"}""")]
    [InlineData("""{"path":"a","size":"1","sha256":"b"}""")]
    [InlineData("""{"path":"a","size":1,"sha256":"b","savedAt":"2026-02-29T00:00:00Z"}""")]
    [InlineData("""{"path":"a","size":1,"sha256":"b","savedAt":"yesterday"}""")]
    [InlineData("""{"path":1,"size":1,"sha256":"b"}""")]
    [InlineData("""{"path":"a","size":99999999999999999999,"sha256":"b"}""")]
    public void A_line_that_is_not_a_saved_file_is_none(string line) => Assert.Null(Read(line));

    private static CatalogEntry? Read(string line) =>
        new CatalogEntryReader(withObjects: true).Read(Encoding.UTF8.GetBytes(line));

    private static CatalogEntry NewEntry(Random random)
    {
        return new CatalogEntry
        {
            Path = "2026-01-15/" + (Text() is { Length: > 0 } name ? name : "a.rdb"),
            Size = random.Next(2) == 0 ? random.NextInt64() : 0,
            Sha256 = new string('a', 64),
            Object = Text(),
            VerifiedBy = Text(),
            ETag = Text(),
            LastModified = Time(),
            SavedAt = Time() ?? default,
            Cloud = Text(),
            Service = Text(),
            Region = Text(),
            InstanceId = Text(),
            InstanceName = Text(),
            Engine = Text(),
            BackupId = Text(),
            LogId = Text(),
            Kind = Text(),
            Type = Text(),
            Part = Text(),
            BackupTime = Time(),
            EndTime = Time(),
            FileCount = random.Next(2) == 0 ? random.Next() : null,
            TestState = Text(),
            Problem = Text(),
            TestedAt = Time(),
        };

        // Mostly the plain ones, or else no line is a usual one.
        string? Text() => Texts[random.Next(random.Next(20) == 0 ? Texts.Length : 4)];

        DateTimeOffset? Time() => random.Next(2) == 0 ? null
            : DateTimeOffset.Parse(Times[random.Next(Times.Length)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
