using System.Collections.Generic;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatFixtures;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The elements of a document, of every type that bsonspec.org names.</summary>
public sealed class BsonDocumentTests
{
    [Fact]
    public void A_document_ends_where_its_length_says()
    {
        byte[] file = Get("bson");

        Assert.Contains(
            "does not end where its length says",
            FormatTest.Test(FormatTest.Flip(file, file.Length - 1), format: BackupFormat.Bson).Problem);
    }

    [Theory]
    [InlineData(0x01, 8)]
    [InlineData(0x06, 0)]
    [InlineData(0x07, 12)]
    [InlineData(0x09, 8)]
    [InlineData(0x0A, 0)]
    [InlineData(0x11, 8)]
    [InlineData(0x12, 8)]
    [InlineData(0x10, 4)]
    [InlineData(0x08, 1)]
    [InlineData(0x13, 16)]
    [InlineData(0x7F, 0)]
    [InlineData(0xFF, 0)]
    public void An_element_of_a_fixed_length_leads_to_the_next(byte type, int length) =>
        Assert.Equal("x,last", Names(Document(new ByteWriter().Add(type).Text("x").Add(0).Add(new byte[length]))));

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x0D)]
    [InlineData(0x0E)]
    public void A_text_has_at_least_its_end_and_stays_within_the_document(byte type)
    {
        Assert.Equal("x,last", Names(Text(1, [0])));
        Assert.Equal("x,last", Names(Text(3, [65, 65, 0])));
        Assert.Null(Names(Text(0, [])));
        Assert.Null(Names(Text(100, [65, 0])));
        Assert.Null(Names(Text(uint.MaxValue, [65, 0])));

        byte[] Text(uint stated, byte[] bytes) =>
            Document(new ByteWriter().Add(type).Text("x").Add(0).U32(stated).Add(bytes));
    }

    [Theory]
    [InlineData(0x03)]
    [InlineData(0x04)]
    [InlineData(0x0F)]
    public void A_document_within_a_document_has_at_least_five_bytes(byte type)
    {
        Assert.Equal("x,last", Names(Inner(5, 5)));
        Assert.Equal("x,last", Names(Inner(6, 6)));
        Assert.Null(Names(Inner(4, 4)));
        Assert.Null(Names(Inner(100, 5)));

        byte[] Inner(uint stated, int length) =>
            Document(new ByteWriter().Add(type).Text("x").Add(0).U32(stated).Add(new byte[length - 4]));
    }

    [Fact]
    public void Binary_data_may_be_empty_and_has_a_subtype()
    {
        Assert.Equal("x,last", Names(Binary(0, 1)));
        Assert.Equal("x,last", Names(Binary(3, 4)));
        Assert.Null(Names(Binary(uint.MaxValue, 1)));
        Assert.Null(Names(Binary(100, 1)));

        static byte[] Binary(uint stated, int length) =>
            Document(new ByteWriter().Add(5).Text("x").Add(0).U32(stated).Add(new byte[length]));
    }

    [Fact]
    public void The_values_that_an_archive_is_read_by_are_read()
    {
        var writer = new ByteWriter().Add(8).Text("no").Add(0, 0).Add(8).Text("yes").Add(0, 1)
            .Add(0x10).Text("int").Add(0).U32(unchecked((uint)-7)).Add(0x12).Text("long").Add(0).U64(1UL << 40)
            .Add(1).Text("double").Add(0).Add(new byte[8]);

        Assert.Equal(
            [("no", false), ("yes", true), ("int", -7L), ("long", 1L << 40), ("double", null), ("last", "value")],
            Read(Document(writer))!);
    }

    [Fact]
    public void A_type_that_does_not_exist_and_a_name_without_an_end_are_not_a_document()
    {
        Assert.Null(Names(Document(new ByteWriter().Add(0x20).Text("x").Add(0))));
        Assert.Null(Names([9, 0, 0, 0, 6, (byte)'x', (byte)'y', (byte)'z']));
    }

    [Fact]
    public void The_end_of_a_document_is_its_last_byte()
    {
        byte[] whole = Bson("name");

        Assert.Equal("name", Names(whole));
        Assert.Null(Names(whole[..^1]));
        Assert.Null(Names([.. whole, 0]));
    }

    private static byte[] Document(ByteWriter elements) =>
        [.. new ByteWriter().U32(0).ToArray(), .. elements.ToArray(), .. Bson("last")[4..]];

    private static string? Names(byte[] document) =>
        Read(document) is { } elements ? string.Join(',', elements.ConvertAll(element => element.Name)) : null;

    private static List<(string Name, object? Value)>? Read(byte[] document)
    {
        var elements = new List<(string, object?)>();
        return BsonDocument.TryRead(document, (name, value) => elements.Add((name, value))) ? elements : null;
    }
}
