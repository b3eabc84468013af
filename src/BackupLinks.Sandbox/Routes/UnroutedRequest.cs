using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Providers;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>
/// Requests that no route has a response for: an error in the shape of the cloud that they were meant for.
/// </summary>
internal static class UnroutedRequest
{
    /// <summary>The header that has the request id, by the cloud that a request is for.</summary>
    public static string RequestIdHeader(HttpRequest request) => ObjectStoreRoutes.Find(request.Path)?.RequestIdHeader
        ?? Owner(request)?.RequestIdHeader(request) ?? "X-Request-Id";

    /// <summary>Writes the error when a response has a status of failure and nothing else.</summary>
    public static Task CompleteAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        if (status < StatusCodes.Status400BadRequest || context.Response.HasStarted
            || context.Response.ContentType is not null
            || context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (ObjectStoreRoutes.Find(context.Request.Path) is not null)
            return ObjectStoreRoutes.RefuseAsync(context, new(403, "AccessDenied", "Access Denied"));
        var refusal = Owner(context.Request)?.Refuse(context, status)
            ?? Results.Text($"No cloud of this sandbox has {context.Request.Path}.\n", statusCode: status);
        return refusal.ExecuteAsync(context);
    }

    private static ISandboxProvider? Owner(HttpRequest request) =>
        SandboxServer.Providers.FirstOrDefault(provider => provider.Owns(request));
}
