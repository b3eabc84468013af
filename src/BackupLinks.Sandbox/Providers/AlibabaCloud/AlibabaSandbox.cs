using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Providers;
using BackupLinks.Sandbox.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>
/// Alibaba Cloud: one path for all services, which the version of the API tells apart, and a path for each, named after
/// its host.
/// </summary>
internal sealed class AlibabaSandbox : ISandboxProvider
{
    // One for all services: a nonce counts once.
    private readonly AlibabaSignature _signatures = new();

    public void Map(WebApplication app, SandboxServer server)
    {
        AlibabaRoutes[] services =
        [
            new RdsRoutes(server), new RedisRoutes(server), new MongoDbRoutes(server), new PolarDbRoutes(server),
        ];
        foreach (var service in services)
            service.AddSample();
        foreach (string path in services.Select(service => "/" + service.Host).Prepend("/"))
        {
            // As a delegate: a request delegate would drop the result.
            app.MapMethods(
                path, ["GET", "POST"], (Delegate)((HttpContext context) => HandleAsync(context, server, services)));
        }
    }

    /// <summary>True for an action in a header, or in the query of a path without a version.</summary>
    public bool Owns(HttpRequest request) => request.Headers.ContainsKey("x-acs-action")
        || (request.Path == "/" && request.Query.ContainsKey("Action"));

    public string RequestIdHeader(HttpRequest request) => "x-acs-request-id";

    public IResult Refuse(HttpContext context, int status) =>
        Error(context, 404, "InvalidApi.NotFound", "Specified api is not found, please check your url and method.");

    /// <summary>An error in the shape of the gateway.</summary>
    public static IResult Error(HttpContext context, int status, string code, string message) => Results.Json(
        new Dictionary<string, string>
        {
            ["RequestId"] = RequestId(context),
            ["HostId"] = context.Request.Host.Value!,
            ["Code"] = code,
            ["Message"] = message,
            ["Recommend"] = "https://api.aliyun.com/troubleshoot?q=" + code,
        },
        statusCode: status);

    /// <summary>The id of a request, which its body has, too.</summary>
    public static string RequestId(HttpContext context) =>
        context.Response.Headers[UnroutedRequest.RequestIdHeader(context.Request)].ToString();

    private async Task<IResult> HandleAsync(HttpContext context, SandboxServer server, AlibabaRoutes[] services)
    {
        var (call, refusal) = await _signatures.VerifyAsync(context.Request, server.Clock.UtcNow);
        if (call is null)
            return Error(context, refusal!.Status, refusal.Code, refusal.Message);
        if (!call.Key.MayRead)
            return Error(context, 403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
        return services.FirstOrDefault(service => service.Version == call.Version)?.Handle(context, call)
            ?? Error(
                context, 404, "InvalidAction.NotFound",
                "Specified action is not found, please check your URL and version.");
    }
}
