using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>Requests that no route has a response for: an error in the shape of the cloud that they were meant for.</summary>
internal static class UnansweredRequest
{
    private static readonly PathString[] IamPaths = ["/v3/auth", "/v3/projects"];

    /// <summary>The header that has the request id, by the cloud that a request is for.</summary>
    public static string RequestIdHeader(HttpRequest request) =>
        ObjectStoreRoutes.Owns(request.Path) ? ObjectStoreRoutes.RequestIdHeader
        : IsIam(request.Path) ? "X-IAM-Trace-Id"
        : "X-Request-Id";

    /// <summary>Writes the error when a response has a status of failure and nothing else.</summary>
    public static Task CompleteAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        if (status < StatusCodes.Status400BadRequest || context.Response.HasStarted || context.Response.ContentType is not null
            || context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (ObjectStoreRoutes.Owns(context.Request.Path))
            return ObjectStoreRoutes.RefuseAsync(context, new(403, "AccessDenied", "Access Denied"));
        if (IsIam(context.Request.Path))
            return IamRoutes.Error(status, "The resource could not be found.", Title(status)).ExecuteAsync(context);
        if (CdsRedisRoutes.Owns(context.Request))
            return CdsRedisRoutes.Error(404, "ResourceNotFound", "the service was not found").ExecuteAsync(context);
        // A method that an API does not have is another API to the gateway.
        return (status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
            ? HuaweiGate.Error(context, 404, "APIGW.0101", "The API does not exist or has not been published in the environment.")
            : HuaweiGate.Error(context, status, "APIGW.0201", "Bad request.")).ExecuteAsync(context);
    }

    private static bool IsIam(PathString path) => Array.Exists(IamPaths, known => path.StartsWithSegments(known));

    private static string Title(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not Found",
        StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
        _ => "Bad Request",
    };
}
