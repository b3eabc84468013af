using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Providers;

/// <summary>One cloud of the sandbox: its services, and the shape of its errors.</summary>
internal interface ISandboxProvider
{
    /// <summary>Adds the routes of its services, and what is in them.</summary>
    void Map(WebApplication app, SandboxServer server);

    /// <summary>True for a request that is meant for this cloud.</summary>
    bool Owns(HttpRequest request);

    /// <summary>The header that has the id of a request.</summary>
    string RequestIdHeader(HttpRequest request);

    /// <summary>The error for a request that none of its services has a response for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status that its path and its method have by themselves.</param>
    IResult Refuse(HttpContext context, int status);
}
