using System;

namespace BackupLinks.Links;

/// <summary>What every kind of link says of its file; see <see cref="DownloadLink"/> for the meaning.</summary>
internal sealed record LinkFields(Uri Uri, string FileName, long? Size, DateTimeOffset? ExpiresAt, BackupDetails Details);
