using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// A long list, made of the first entry of a good response: its id is the only thing that is known of an entry.
/// </summary>
internal sealed class ListUnderTest
{
    private readonly JsonObject _envelope;
    private readonly string _array;
    private readonly string? _total;
    private readonly string _entry;
    private readonly string _id;

    /// <summary>Finds the entries and the total in a good response.</summary>
    /// <param name="good">The response.</param>
    /// <param name="id">The id of its first entry.</param>
    public ListUnderTest(string good, string id)
    {
        _id = id;
        _envelope = JsonNode.Parse(good)!.AsObject();
        var list = _envelope.Single(member => member.Value is JsonArray array && array.Any(IsEntry));
        _array = list.Key;
        _entry = list.Value!.AsArray().First(IsEntry)!.ToJsonString();
        _total = _envelope.FirstOrDefault(
            member => member.Value?.GetValueKind() == System.Text.Json.JsonValueKind.Number
                && member.Value.GetValue<int>() == list.Value.AsArray().Count).Key;

        bool IsEntry(JsonNode? entry) => entry is JsonObject item
            && item.Any(member => member.Value?.GetValueKind() == System.Text.Json.JsonValueKind.String
                && member.Value.GetValue<string>() == id);
    }

    /// <summary>The id of an entry.</summary>
    public string IdOf(int index) => $"{_id}-{index}";

    /// <summary>The entry as JSON.</summary>
    public string Entry(int index) => _entry.Replace($"\"{_id}\"", $"\"{IdOf(index)}\"");

    /// <summary>A response with these entries, as JSON; null for no list at all.</summary>
    public string Body(IEnumerable<string>? entries, long? total = null)
    {
        var body = _envelope.DeepClone().AsObject();
        body[_array] = "@@entries@@";
        if (_total is not null)
            body[_total] = total;
        return body.ToJsonString()
            .Replace("\"@@entries@@\"", entries is null ? "null" : $"[{string.Join(',', entries)}]");
    }

    /// <summary>A cloud that has this many entries.</summary>
    /// <param name="length">How many.</param>
    /// <param name="page">Reads the page out of a query; null for a cloud without pages.</param>
    /// <param name="trap">What is odd about its pages.</param>
    public Func<Uri, int, HttpResponseMessage> Serve(
        int length, Func<IReadOnlyDictionary<string, string>, (int Limit, int? Offset)>? page, string trap)
    {
        string[] all = [.. Enumerable.Range(0, length).Select(Entry)];
        return (address, _) =>
        {
            if (page is null)
                return TestNetwork.Response(200, Body(all, length));
            var (limit, offset) = page(CloudSample.Read(address));
            int first = trap is "from 1" ? 1 : 0;
            int most = trap is "small pages" ? 7 : limit;
            int start = trap is "the first page again" ? 0
                : ((offset ?? first) - first) * (trap is "the offset counts pages" ? most : 1);
            string[] entries = [.. all.Skip(start).Take(most)];
            long? total = trap switch
            {
                "total too low" => length - 5,
                "total too high" => length + 1000,
                "total of the page" => entries.Length,
                "no total" => null,
                _ => length,
            };
            return TestNetwork.Response(200, Body(entries, total));
        };
    }

    /// <summary>The limit that a request has; of a cloud without pages, any number.</summary>
    public static int LimitOf(Uri address, Func<IReadOnlyDictionary<string, string>, (int Limit, int? Offset)>? page) =>
        page?.Invoke(CloudSample.Read(address)).Limit ?? 100;
}
