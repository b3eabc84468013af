using System;
using System.Linq;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>
/// Services of Huawei Cloud at paths of their own, for endpoints such as <c>http://127.0.0.1:5000/{service}/{region}</c>:
/// several of them have the same paths below.
/// </summary>
internal static class ServicePrefix
{
    private static readonly string[] Services = ["iam", "dcs", "rds", "dds", "gaussdb", "gaussdb-opengauss"];

    /// <summary>Moves the service, and the region where there is one, out of the path and into its base.</summary>
    public static void Remove(HttpRequest request)
    {
        string[] parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !Services.Contains(parts[0]))
            return;
        int count = parts.Length > 1 && parts[1].Contains('-', StringComparison.Ordinal) ? 2 : 1;
        request.PathBase = "/" + string.Join('/', parts.Take(count));
        request.Path.StartsWithSegments(request.PathBase, out var rest);
        request.Path = rest;
    }

    /// <summary>The service that a request names in its path; null when it names none.</summary>
    public static string? GetService(HttpRequest request) => request.PathBase.Value is { Length: > 1 } path ? path.Split('/')[1] : null;
}
