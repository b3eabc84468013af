using System;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud: IAM, and services behind one gateway.</summary>
internal sealed partial class HuaweiSandbox : ISandboxProvider
{
    private static readonly PathString[] IamPaths = ["/v3/auth", "/v3/projects"];

    public void Map(WebApplication app, SandboxServer server)
    {
        app.MapIam(server);
        app.MapDcs(server);
        app.MapRds(server);
        app.MapDds(server);
    }

    /// <summary>True for a path that begins with the version of an API.</summary>
    public bool Owns(HttpRequest request) => Version().IsMatch(request.Path.Value ?? "");

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

    private static bool IsIam(PathString path) => Array.Exists(IamPaths, known => path.StartsWithSegments(known));

    private static string Title(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Not Found",
        StatusCodes.Status405MethodNotAllowed => "Method Not Allowed",
        _ => "Bad Request",
    };

    [GeneratedRegex(@"^/v\d+(\.\d+)?(/|$)")]
    private static partial Regex Version();
}
