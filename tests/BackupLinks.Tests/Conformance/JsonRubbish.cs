using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace BackupLinks.Tests.Conformance;

/// <summary>Spoils one value of a good response at a time.</summary>
internal static class JsonRubbish
{
    private const string Mark = "@@the-spoilt-value@@";

    /// <summary>What comes in the place of a value, as JSON.</summary>
    public static readonly string[] Values =
    [
        "null", "{}", "[]", "[1]", "true", "42", "-1", "1.5", "1e400", "9223372036854775808", "\"\"", "\" \"",
        "\"junk\"", "\"-1\"",
        "\"\\ud800\"",
    ];

    /// <summary>Text that is meant to do harm, as JSON.</summary>
    public static readonly string[] Hostile =
    [
        "\"../../etc/passwd\"", "\"C:\\\\Windows\\\\win.ini\"", "\"\\u001b[31mred\\r\\nWARNING: forged\\u0000\"",
        "\"dump\\u202egnp.rdb\"",
        "\"CON\"", "\"a:b\"", "\" .rdb \"", "\"file:///etc/passwd\"", "\"javascript:alert(1)\"",
        "\"\\\\\\\\server\\\\share\\\\x\"",
        "\"https://h.example/a\\u0000b?Signature=S1gnatureThatMustNotShow\"",
        "\"ftp://h.example/?Signature=S1gnatureThatMustNotShow\"",
        "\"not an address?Signature=S1gnatureThatMustNotShow\"", $"\"{new string('x', 5000)}\"",
    ];

    /// <summary>A value in a response: the way to it, and whether it is text.</summary>
    /// <param name="Path">The names and positions on the way.</param>
    /// <param name="IsText">True for text.</param>
    public readonly record struct Place(IReadOnlyList<object> Path, bool IsText)
    {
        /// <summary>True for a member of the response itself, not of an entry.</summary>
        public bool IsOfTheEnvelope => Path.Count == 1;

        public override string ToString() => string.Join('/', Path);
    }

    /// <summary>The values that have no values in them; of a list, those of the first entry.</summary>
    public static IReadOnlyList<Place> Leaves(string body) => [.. Find(JsonNode.Parse(body), [], isContainer: false)];

    /// <summary>The lists and objects in a response.</summary>
    public static IReadOnlyList<Place> Containers(string body) =>
        [.. Find(JsonNode.Parse(body), [], isContainer: true)];

    /// <summary>The values that are addresses.</summary>
    public static IReadOnlyList<Place> Addresses(string body) =>
    [
        .. Leaves(body).Where(
            place => place.IsText && ValueAt(body, place).StartsWith("http", StringComparison.Ordinal)),
    ];

    /// <summary>A value, as text.</summary>
    public static string ValueAt(string body, Place place) => place.Path.Aggregate(
        JsonNode.Parse(body), (node, step) => step is int i ? node![i] : node![(string)step])?.ToString() ?? "";

    /// <summary>The response with another value.</summary>
    /// <param name="body">The response.</param>
    /// <param name="place">The value to replace.</param>
    /// <param name="value">The new one as JSON; null to take the member out.</param>
    public static string Replace(string body, Place place, string? value)
    {
        var root = JsonNode.Parse(body)!;
        var parent = place.Path.Take(place.Path.Count - 1)
            .Aggregate(root, (node, step) => step is int i ? node[i]! : node[(string)step]!);
        object last = place.Path[^1];
        if (last is int index)
            parent[index] = Mark;
        else if (value is null)
            parent.AsObject().Remove((string)last);
        else
            parent[(string)last] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", value ?? "null");
    }

    private static IEnumerable<Place> Find(JsonNode? node, IReadOnlyList<object> path, bool isContainer)
    {
        if (node is not (JsonObject or JsonArray))
            return isContainer ? [] : [new Place(path, node?.GetValueKind() == System.Text.Json.JsonValueKind.String)];
        IEnumerable<Place> own = isContainer && path.Count > 0 ? [new Place(path, false)] : [];
        return own.Concat(node is JsonArray array
            ? array.Take(1).SelectMany(item => Find(item, [.. path, 0], isContainer))
            : node.AsObject().SelectMany(member => Find(member.Value, [.. path, member.Key], isContainer)));
    }
}
