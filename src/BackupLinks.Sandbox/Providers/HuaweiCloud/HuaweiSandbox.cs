using System;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox.Providers;
using BackupLinks.Sandbox.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud: IAM, and services behind one gateway.</summary>
internal sealed class HuaweiSandbox : ISandboxProvider
{
    private static readonly PathString[] IamPaths = ["/v3/auth", "/v3/projects"];

    // Services have paths in common, and hosts of their own: here, the first segment of the path stands for the host.
    private static readonly Service[] Services =
    [
        new("dcs", DcsRoutes.AddSample, DcsRoutes.MapDcs) { MapAtRoot = DcsRoutes.MapDcs },
        new("rds", RdsRoutes.AddSample, RdsRoutes.MapRds) { MapAtRoot = RdsRoutes.MapRds },
        new("dds", DdsRoutes.AddSample, static (app, server) =>
        {
            app.MapDdsLists(server);
            app.MapDds(server);
            app.MapDdsLogs(server);
        })
        {
            MapAtRoot = DdsRoutes.MapDds,
        },
        new("gaussdb", GaussDbRoutes.AddSample, GaussDbRoutes.MapGaussDb),
        new("gaussdb-mysql", TaurusDbRoutes.AddSample, TaurusDbRoutes.MapTaurusDb),
    ];

    private static readonly Regex Version =
        new($@"^(/(iam|{string.Join('|', Services.Select(service => service.Host))}))?/v\d+(\.\d+)?(/|$)");

    public void Map(WebApplication app, SandboxServer server)
    {
        app.MapIam(server);
        app.MapGroup("/iam").MapIam(server);
        app.MapPost(AdminRoutes.Prefix + "/expire-tokens", () =>
        {
            server.Cloud.Of<HuaweiAccount>().ExpireTokens();
            return Results.NoContent();
        });
        foreach (var service in Services)
        {
            service.AddSample(server.Cloud);
            service.MapAtRoot?.Invoke(app, server);
            var group = app.MapGroup("/" + service.Host);
            group.MapIam(server);
            service.Map(group, server);
        }
    }

    /// <summary>True for a path that begins with the version of an API, behind the name of a service or not.</summary>
    public bool Owns(HttpRequest request) => Version.IsMatch(request.Path.Value ?? "");

    public string RequestIdHeader(HttpRequest request) => IsIam(request.Path) ? "X-IAM-Trace-Id" : "X-Request-Id";

    public IResult Refuse(HttpContext context, int status)
    {
        if (IsIam(context.Request.Path))
            return IamRoutes.Error(status, "The resource could not be found.", Title(status));
        // A method that an API does not have is another API to the gateway.
        return status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
            ? HuaweiGate.Error(
                context, 404, "APIGW.0101", "The API does not exist or has not been published in the environment.")
            : HuaweiGate.Error(context, status, "APIGW.0201", "Bad request.");
    }

    private static bool IsIam(PathString path)
    {
        // Behind the name of a service, too.
        string text = path.Value ?? "";
        int version = Math.Max(0, text.IndexOf("/v", StringComparison.Ordinal));
        return Array.Exists(IamPaths, known => new PathString(text[version..]).StartsWithSegments(known));
    }

    private static string Title(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not Found",
        StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
        _ => "Bad Request",
    };

    /// <summary>A service: the name of its host, its samples, and its routes.</summary>
    private sealed record Service(
        string Host, Action<SandboxCloud> AddSample, Action<IEndpointRouteBuilder, SandboxServer> Map)
    {
        /// <summary>Adds the routes without the host that no other service has; null for none.</summary>
        public Action<IEndpointRouteBuilder, SandboxServer>? MapAtRoot { get; init; }
    }
}
