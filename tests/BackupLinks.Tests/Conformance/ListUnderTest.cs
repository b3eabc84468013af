using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>
/// A long list, made of the first entry of a good response: its id is the only thing that is known of an entry.
/// </summary>
internal sealed class ListUnderTest
{
    private readonly JsonObject _envelope;
    private readonly IReadOnlyList<string> _array;
    private readonly int _countedDepth;
    private readonly string? _total;
    private readonly bool _isTotalText;
    private readonly JsonObject _entry;
    private readonly List<string> _entries = [];
    private readonly string _id;

    /// <summary>Finds the entries and the total in a good response.</summary>
    /// <param name="good">The response.</param>
    /// <param name="id">The id of its first entry.</param>
    public ListUnderTest(string good, string id)
    {
        _id = id;
        _envelope = JsonNode.Parse(good)!.AsObject();
        (_array, var list) = FindList(_envelope, [])!.Value;
        _entry = list.First(IsEntry)!.AsObject();
        // The total is beside the list, or further out. Members may count the page, too.
        _countedDepth = Enumerable.Range(0, _array.Count).LastOrDefault(
            depth => FindTotal(depth, list.Count) is not null);
        _total = FindTotal(_countedDepth, list.Count);
        _isTotalText = _total is not null && Inner(_envelope, _countedDepth)[_total]!.GetValueKind()
            == JsonValueKind.String;
    }

    private string? FindTotal(int depth, int count) => Inner(_envelope, depth)
        .Where(member => IsCount(member.Value, count)).Select(member => member.Key)
        .OrderByDescending(name => name.StartsWith("Total", StringComparison.OrdinalIgnoreCase)).FirstOrDefault();

    // The object that is this far on the way to the list.
    private JsonObject Inner(JsonObject envelope, int depth) =>
        _array.Take(depth).Aggregate(envelope, (node, name) => node[name]!.AsObject());

    private (IReadOnlyList<string> Path, JsonArray List)? FindList(JsonObject node, IReadOnlyList<string> path)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonArray array && array.Any(IsEntry))
                return ([.. path, name], array);
            if (value is JsonObject inner && FindList(inner, [.. path, name]) is { } found)
                return found;
        }

        return null;
    }

    private bool IsEntry(JsonNode? entry) => entry is JsonObject item && item.Any(member => IsId(member.Value));

    // An id that is made of several members ends with the one that tells entries apart.
    private bool IsId(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
        && value.ToString() is { Length: > 0 } text && ("/" + _id).EndsWith("/" + text, StringComparison.Ordinal);

    private static bool IsAddress(JsonNode? value) => value?.GetValueKind() is JsonValueKind.String
        && value.ToString().StartsWith("http", StringComparison.Ordinal);

    private static bool IsCount(JsonNode? value, int count) =>
        value?.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && value.ToString() == count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A response with the entry of the id alone.</summary>
    public string Only => Body([_entry.ToJsonString()], 1);

    /// <summary>The id of an entry.</summary>
    public string IdOf(int index) => $"{_id}-{index}";

    /// <summary>What the addresses of an entry end with.</summary>
    public static string MarkOf(int index) => $"&entry={index}";

    /// <summary>The entry as JSON.</summary>
    public string Entry(int index)
    {
        while (_entries.Count <= index)
            _entries.Add(MakeEntry(_entries.Count));
        return _entries[index];
    }

    private string MakeEntry(int index)
    {
        var entry = _entry.DeepClone().AsObject();
        foreach (string name in entry.Where(member => IsId(member.Value)).Select(member => member.Key).ToArray())
            entry[name] = $"{entry[name]}-{index}";
        foreach (var (name, value) in entry.Where(member => IsAddress(member.Value)).ToArray())
            entry[name] = value + MarkOf(index);
        return entry.ToJsonString();
    }

    /// <summary>A response with these entries, as JSON; null for no list at all.</summary>
    public string Body(IEnumerable<string>? entries, long? total = null)
    {
        var body = _envelope.DeepClone().AsObject();
        Inner(body, _array.Count - 1)[_array[^1]] = "@@entries@@";
        if (_total is not null)
        {
            Inner(body, _countedDepth)[_total] =
                _isTotalText ? total?.ToString(CultureInfo.InvariantCulture) : total;
        }

        return body.ToJsonString()
            .Replace("\"@@entries@@\"", entries is null ? "null" : $"[{string.Join(',', entries)}]");
    }

    /// <summary>A cloud that has this many entries.</summary>
    /// <param name="length">How many.</param>
    /// <param name="service">The service.</param>
    /// <param name="trap">What is odd about its pages.</param>
    /// <param name="network">Has the requests.</param>
    public Func<Uri, int, HttpResponseMessage> Serve(
        int length, BackupService service, string trap, TestNetwork network)
    {
        var sample = CloudSample.Of(service.Provider);
        int? firstPage = sample.FirstPage(service);
        string[] all = [.. Enumerable.Range(0, length).Select(Entry)];
        return (_, i) =>
        {
            if (sample.Page is not { } page)
                return TestNetwork.Response(200, Body(all, length));
            var (limit, offset) = page(CloudSample.Read(network.Requests[i]));
            int first = firstPage ?? (trap is "from 1" ? 1 : 0);
            int most = trap is "small pages" ? 7 : limit;
            int start = trap is "the first page again" ? 0
                : ((offset ?? first) - first)
                    * (firstPage is not null || trap is "the offset counts pages" ? most : 1);
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
    public static int LimitOf(
        (string Method, Uri Address, string Body) request,
        Func<IReadOnlyDictionary<string, string>, (int Limit, int? Offset)>? page) =>
        page?.Invoke(CloudSample.Read(request)).Limit ?? 100;
}
