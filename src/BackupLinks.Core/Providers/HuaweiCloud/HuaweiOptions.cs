namespace BackupLinks.HuaweiCloud;

/// <summary>What a command was told of its target; null members were not given.</summary>
internal sealed record HuaweiOptions(string? Region, string? ProjectId, string? Endpoint, string? IamEndpoint);
