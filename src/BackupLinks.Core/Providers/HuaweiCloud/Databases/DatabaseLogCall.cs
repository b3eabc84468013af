using System;
using System.Net.Http;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>The request for the links of a log.</summary>
/// <param name="Path">What follows the instance, encoded.</param>
/// <param name="Body">The JSON; null for none.</param>
/// <param name="LinkLifetime">The lifetime of the links as the page states it; null when it does not.</param>
internal sealed record DatabaseLogCall(string Path, string? Body, TimeSpan? LinkLifetime)
{
    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>True for a log that is exported first: a record without a link is not ready.</summary>
    public bool IsExport { get; init; }

    /// <summary>The method that tells how far the export is; null for the same.</summary>
    public HttpMethod? WaitMethod { get; init; }

    /// <summary>What a kilobyte has of the unit of the stated size: 1 for KB.</summary>
    public double KilobytesPerUnit { get; init; } = 1;
}
