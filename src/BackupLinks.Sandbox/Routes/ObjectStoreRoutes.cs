using System.Xml.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace BackupLinks.Sandbox.Routes;

/// <summary>The object store behind the links: presigned GET only, with ranges and preconditions.</summary>
internal static class ObjectStoreRoutes
{
    public static void MapObjectStore(this WebApplication app, SandboxServer server) =>
        app.MapMethods(
            $"/{SandboxCloud.ObjectStoreName}/{{bucket}}/{{**key}}",
            ["GET", "HEAD"],
            (HttpContext context, string bucket, string key) => GetObject(context, server, bucket, key));

    private static IResult GetObject(HttpContext context, SandboxServer server, string bucket, string key)
    {
        context.Response.Headers["x-obs-request-id"] = context.Response.Headers["X-Request-Id"];
        context.Response.Headers.Remove("X-Request-Id");
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (PresignedLink.Verify(context.Request.Method, target, server.Clock.UtcNow) is { } refusal)
            return Error(context, 403, refusal.Code, refusal.Message);
        if (!server.Cloud.Objects.TryGetValue((bucket, key), out var item))
            return Error(context, 404, "NoSuchKey", "The specified key does not exist.");
        return Results.File(
            item.Content, "application/octet-stream", enableRangeProcessing: true,
            lastModified: item.LastModified, entityTag: new EntityTagHeaderValue(item.ETag));
    }

    private static IResult Error(HttpContext context, int status, string code, string message)
    {
        var body = new XElement(
            "Error",
            new XElement("Code", code),
            new XElement("Message", message),
            new XElement("RequestId", context.Response.Headers["x-obs-request-id"].ToString()),
            new XElement("HostId", "sandbox"));
        return Results.Text("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + body, "application/xml", statusCode: status);
    }
}
