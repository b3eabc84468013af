namespace BackupLinks.HuaweiCloud;

/// <summary>Where something is.</summary>
/// <param name="Region">The region, or sub-project, of the request; null when only an endpoint was given.</param>
/// <param name="ProjectId">The project.</param>
internal sealed record HuaweiScope(string? Region, string ProjectId);
