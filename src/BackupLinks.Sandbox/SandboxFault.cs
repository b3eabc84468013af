using System;
using System.Collections.Generic;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace BackupLinks.Sandbox;

/// <summary>Something that goes wrong on purpose. Members that are null change nothing.</summary>
public sealed record SandboxFault
{
    /// <summary>Only requests whose path contains this text; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>Only requests whose query contains this text; null for all.</summary>
    public string? Query { get; init; }

    /// <summary>How many requests it happens to; null for all until it is cleared.</summary>
    public int? Count { get; init; }

    /// <summary>How many requests it lets pass before it happens for the first time.</summary>
    public int After { get; init; }

    /// <summary>Time to wait before anything else: latency, or slow headers.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What to wait for before anything else, for a test that says when the response comes.</summary>
    [JsonIgnore]
    public Task? Until { get; init; }

    /// <summary>Time to wait in the middle of the body.</summary>
    public TimeSpan BodyDelay { get; init; }

    /// <summary>The HTTP status of a response in place of the real one.</summary>
    public int? Status { get; init; }

    /// <summary>The body of that response.</summary>
    public string Body { get; init; } = "";

    /// <summary>Put the headers of the request, secrets and all, in the place of <c>{0}</c> in the body.</summary>
    public bool EchoRequest { get; init; }

    /// <summary>The content type of that response.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Headers of that response.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Announce this many bytes more than the body has, and break the connection after it.</summary>
    public int MissingBytes { get; init; }

    /// <summary>Break the connection instead of responding.</summary>
    public bool Reset { get; init; }

    /// <summary>What goes wrong with an object out of the store, when it is given at all.</summary>
    public ObjectFault? Object { get; init; }
}
