using System;
using System.Collections.Generic;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Sandbox.TencentCloud;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>An object store: its name in paths, and its scheme of links. All stores have the same objects.</summary>
/// <param name="Name">The first segment of every path.</param>
/// <param name="RequestIdHeader">The header that has the id of a request.</param>
/// <param name="Verify">Checks a link; null for a good one.</param>
internal sealed record ObjectStore(
    string Name, string RequestIdHeader, Func<HttpRequest, DateTimeOffset, StoreRefusal?> Verify)
{
    /// <summary>The stores of the clouds.</summary>
    public static IReadOnlyList<ObjectStore> All { get; } =
    [
        new(PresignedLink.StoreName, "x-obs-request-id", PresignedLink.Verify),
        new(OssLink.StoreName, "x-oss-request-id", OssLink.Verify) { ChecksumHeader = "x-oss-hash-crc64ecma" },
        new(CosLink.StoreName, "x-cos-request-id", CosLink.Verify) { ChecksumHeader = "x-cos-hash-crc64ecma" },
    ];

    /// <summary>The header that has the CRC-64 of an object; null for a store without.</summary>
    public string? ChecksumHeader { get; init; }
}
