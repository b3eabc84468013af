using System;

namespace BackupLinks.Links;

/// <summary>The fields that every kind of link has; see <see cref="DownloadLink"/> for the meaning.</summary>
internal sealed record LinkFields(
    Uri Uri, string FileName, long? Size, DateTimeOffset? ExpiresAt, BackupDetails Details);
