namespace BackupLinks.HuaweiCloud;

/// <summary>The target of a command; a member that was not given is null.</summary>
internal sealed record HuaweiOptions(string? Region, string? ProjectId, string? Endpoint, string? IamEndpoint);
