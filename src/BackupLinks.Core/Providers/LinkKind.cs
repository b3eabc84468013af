using System;
using System.Collections.Generic;
using System.Reflection;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>One kind of link: its properties, and how to request such a link again.</summary>
/// <param name="Service">The service that returns it.</param>
/// <param name="Name">The name within the service: <c>BackupFile</c>.</param>
/// <param name="Type">The type of its objects.</param>
/// <param name="ToRequest">
/// Makes the request again from the properties of a link; fails when the link does not say enough.
/// </param>
internal sealed record LinkKind(
    BackupService Service, string Name, Type Type, Func<LinkProperties, ServiceRequest<DownloadLink>> ToRequest)
{
    /// <summary>The prefix of the type names of an object from CliXml.</summary>
    public const string DeserializedPrefix = "Deserialized.";

    /// <summary>The key, with those of cloud and service in front: manifests store it.</summary>
    public string Key => Service.Key + "." + Name;

    /// <summary>The properties that tell requests apart; links that agree in them share a response.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>The unit that the stated sizes are rounded to, in bytes.</summary>
    public long SizeUnit { get; init; } = 1;

    /// <summary>The properties with a checksum of the file that the provider states, and their algorithms.</summary>
    public IReadOnlyList<(string Property, string Algorithm)> Checksums { get; init; } = [];

    /// <summary>True when no page of the provider says that those are of the file as it is downloaded.</summary>
    public bool HasDoubtfulChecksums { get; init; }

    /// <summary>The name that manifests had for this kind before kinds had keys; null for none.</summary>
    public string? FormerName { get; init; }

    /// <summary>The type of a property of a kind of link; null when it has none of that name.</summary>
    /// <param name="kind">The kind; null for any.</param>
    /// <param name="property">The name, in any case.</param>
    public static Type? TypeOf(LinkKind? kind, string property) => (kind?.Type ?? typeof(DownloadLink))
        .GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
}
