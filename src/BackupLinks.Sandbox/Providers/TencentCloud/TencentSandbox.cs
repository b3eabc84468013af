using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Providers;
using BackupLinks.Sandbox.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>
/// Tencent Cloud: any path that no other cloud has, and the root; a header names the action, and the signature the
/// service. All of its errors have status 200.
/// </summary>
internal sealed class TencentSandbox : ISandboxProvider
{
    private const string ActionHeader = "X-TC-Action";

    public void Map(WebApplication app, SandboxServer server)
    {
        TencentRoutes[] services =
        [
            new RedisRoutes(server), new MySqlRoutes(server), new PostgreSqlRoutes(server), new SqlServerRoutes(server),
            new MariaDbRoutes(server), new TdsqlCRoutes(server), new MongoDbRoutes(server),
        ];
        foreach (var service in services)
            service.AddSample();
        // The root is that of other clouds, too.
        app.MapWhen(
            context => Owns(context.Request),
            branch => branch.Run(context => HandleAsync(context, server, services)));
    }

    public bool Owns(HttpRequest request) => request.Headers.ContainsKey(ActionHeader);

    public string RequestIdHeader(HttpRequest request) => "X-Request-Id";

    public IResult Refuse(HttpContext context, int status) =>
        Error(context, new("InvalidAction", "The action does not exist."));

    private static async Task HandleAsync(HttpContext context, SandboxServer server, TencentRoutes[] services)
    {
        var (call, refusal) = await TencentSignature.VerifyAsync(context.Request, server.Clock.UtcNow);
        object response = call is null ? refusal! : Handle(call, services);
        await (response is TencentSignature.Refusal error
            ? Error(context, error)
            : Respond(context, (Dictionary<string, object?>)response)).ExecuteAsync(context);
    }

    private static object Handle(TencentSignature.Call call, TencentRoutes[] services)
    {
        if (!call.Key.MayRead)
            return new TencentSignature.Refusal(
                "UnauthorizedOperation", "You are not authorized to perform operations on the specified resource.");
        if (services.FirstOrDefault(service => service.ApiName == call.Service) is not { } service)
            return new TencentSignature.Refusal("NoSuchProduct", "The product does not exist.");
        if (call.Version != service.Version)
            return new TencentSignature.Refusal("NoSuchVersion", "The version does not exist.");
        if (call.Region.Length == 0)
            return new TencentSignature.Refusal(
                "MissingParameter", "The request misses a required parameter `Region`.");
        return service.Handle(call)
            ?? new TencentSignature.Refusal("InvalidAction", "The action does not exist.");
    }

    private static IResult Error(HttpContext context, TencentSignature.Refusal refusal) => Respond(
        context, new()
        {
            ["Error"] = new Dictionary<string, string> { ["Code"] = refusal.Code, ["Message"] = refusal.Message },
        });

    private static IResult Respond(HttpContext context, Dictionary<string, object?> members)
    {
        members["RequestId"] =
            context.Response.Headers[UnroutedRequest.RequestIdHeader(context.Request)].ToString();
        return Results.Json(new Dictionary<string, object> { ["Response"] = members });
    }
}
