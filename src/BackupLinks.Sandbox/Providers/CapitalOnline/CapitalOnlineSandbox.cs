using BackupLinks.Sandbox.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>Capital Online: a path for each service, and the action in the query.</summary>
internal sealed class CapitalOnlineSandbox : ISandboxProvider
{
    public void Map(WebApplication app, SandboxServer server)
    {
        var gate = new CapitalOnlineGate();
        new RedisRoutes().Map(app, server, gate);
        new MySqlRoutes().Map(app, server, gate);
    }

    /// <summary>True for an action in the query.</summary>
    public bool Owns(HttpRequest request) =>
        request.Query.ContainsKey("Action") && request.Query.ContainsKey("AccessKeyId");

    public string RequestIdHeader(HttpRequest request) => "X-Request-Id";

    public IResult Refuse(HttpContext context, int status) =>
        CapitalOnlineGate.Error(404, "ResourceNotFound", "the service was not found");
}
