using BackupLinks.Http;

namespace BackupLinks.HuaweiCloud;

/// <summary>A project, and the service as that project sees it.</summary>
/// <param name="Id">The project's id.</param>
/// <param name="Service">The service, with the credential for that project.</param>
internal sealed record HuaweiProject(string Id, ApiClient Service)
{
    /// <summary>The id as one segment of a path.</summary>
    public string PathSegment { get; } = ServiceEndpoint.PathSegment(Id, "project id");
}
