using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.Tests.Core.Json;

/// <summary>What the vendors send in the place of the documented type.</summary>
public sealed class LenientConverterTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new LenientStringConverter(), new LenientInt64Converter() },
    };

    [Theory]
    [InlineData("""{"name":"a"}""", "a")]
    [InlineData("\"text\"", null)]
    [InlineData("7", null)]
    [InlineData("true", null)]
    [InlineData("null", null)]
    [InlineData("""[{"name":"a"},[1]]""", null)]
    public void An_object_may_arrive_as_something_else_and_what_follows_is_read(string json, string? name)
    {
        var page = Read($$"""{"one":{{json}},"after":"b"}""");

        Assert.Equal((name, "b"), (page.One?.Name, page.After));
    }

    [Theory]
    [InlineData("""[{"name":"a"},{"name":"b"}]""", "a,b")]
    [InlineData("""[{"name":"a"},7,"x",null,[1,[2]],{"name":"b"}]""", "a,-,-,-,-,b")]
    [InlineData("[]", "")]
    [InlineData("""{"name":"a"}""", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public void A_list_keeps_the_place_of_an_entry_that_is_not_an_object(string json, string? names)
    {
        var page = Read($$"""{"list":{{json}},"after":"b"}""");

        Assert.Equal((names, "b"), (Names(page.List), page.After));
    }

    [Theory]
    [InlineData("""{"name":"a"}""", "a")]
    [InlineData("""[{"name":"a"},{"name":"b"}]""", "a,b")]
    [InlineData("""{"name":null}""", "-")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("[]", "")]
    public void A_list_of_one_entry_may_arrive_as_that_entry(string json, string? names)
    {
        var page = Read($$"""{"oneOrMany":{{json}},"after":"b"}""");

        Assert.Equal((names, "b"), (Names(page.OneOrMany), page.After));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("oneOrMany")]
    public void Text_in_the_place_of_a_list_is_an_error(string property) =>
        Assert.Throws<JsonException>(() => Read($$"""{"{{property}}":"text"}"""));

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", null)]
    [InlineData("""{"a":{"b":1}}""", null)]
    [InlineData("[1,2]", null)]
    public void A_text_keeps_the_spelling_of_a_number(string json, string? expected)
    {
        var page = Read($$"""{"after":{{json}},"one":{"name":"a"} }""");

        Assert.Equal((expected, "a"), (page.After, page.One?.Name));
    }

    [Theory]
    [InlineData("7", 7L)]
    [InlineData("\"7\"", 7L)]
    [InlineData("7.9", 7L)]
    [InlineData("\" 7.9 \"", 7L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-9223372036854775809", null)]
    [InlineData("1e40", null)]
    [InlineData("\"many\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    [InlineData("[1,[2]]", null)]
    public void A_number_may_arrive_as_text_and_one_out_of_range_is_no_value(string json, long? expected)
    {
        var page = Read($$"""{"count":{{json}},"after":"b"}""");

        Assert.Equal((expected, "b"), (page.Count, page.After));
    }

    private static Page Read(string json) => JsonSerializer.Deserialize<Page>(json, Options)!;

    private static string? Names(IReadOnlyList<Entry?>? list) => list is null ? null : string.Join(',', Select(list));

    private static IEnumerable<string> Select(IReadOnlyList<Entry?> list)
    {
        foreach (var entry in list)
            yield return entry?.Name ?? "-";
    }

    private sealed record Entry
    {
        public string? Name { get; init; }
    }

    private sealed record Page
    {
        [JsonConverter(typeof(LenientObjectConverter<Entry>))]
        public Entry? One { get; init; }

        [JsonConverter(typeof(LenientListConverter<Entry>))]
        public IReadOnlyList<Entry?>? List { get; init; }

        [JsonConverter(typeof(OneOrManyConverter<Entry>))]
        public IReadOnlyList<Entry?>? OneOrMany { get; init; }

        public string? After { get; init; }

        public long? Count { get; init; }
    }
}
