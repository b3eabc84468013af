using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud IAM: a token for a password, and projects by name.</summary>
internal static class IamRoutes
{
    private const string DomainId = "d78cbac186b744899480f25bd022f468";
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    private static readonly JsonSerializerOptions WithoutNulls = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void MapIam(this IEndpointRouteBuilder app, SandboxServer server)
    {
        app.MapPost("/v3/auth/tokens", (Delegate)((HttpContext context) => CreateTokenAsync(context, server)));
        app.MapGet("/v3/projects", (HttpContext context, string? name) => ListProjects(context, server, name));
    }

    private static async Task<IResult> CreateTokenAsync(HttpContext context, SandboxServer server)
    {
        if (!context.Request.HasJsonContentType())
            return Error(400, "The request body is not JSON.", "Bad Request");
        try
        {
            return CreateToken(context, server, (await JsonNode.ParseAsync(context.Request.Body))?["auth"]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return Error(400, "The request body is invalid.", "Bad Request");
        }
    }

    private static IResult CreateToken(HttpContext context, SandboxServer server, JsonNode? auth)
    {
        var user = auth?["identity"]?["password"]?["user"];
        if (auth?["identity"]?["methods"]?[0]?.GetValue<string>() != "password" || user is null)
            return Error(400, "Expecting to find methods in identity.", "Bad Request");
        if (user["name"]?.GetValue<string>() != HuaweiSamples.UserName
            || user["password"]?.GetValue<string>() != HuaweiSamples.Password
            || user["domain"]?["name"]?.GetValue<string>() != HuaweiSamples.DomainName)
        {
            return Error(401, "The username or password is wrong.", "Unauthorized");
        }

        var project = auth!["scope"]?["project"];
        if (project is null)
            return Grant(context, server, null, null);
        string? id = project?["id"]?.GetValue<string>();
        string? name = project?["name"]?.GetValue<string>();
        var known = server.Cloud.Of<HuaweiAccount>().Projects
            .SelectMany(entry => entry.Value.Select(value => (Name: entry.Key, Id: value)))
            .FirstOrDefault(entry => id is null ? entry.Name == name : entry.Id == id);
        if (known.Id is null)
            return Error(401, "The project could not be found.", "Unauthorized");

        return Grant(context, server, known.Id, known.Name);
    }

    // Without a scope, or with one of the account, a token is for the account and for global services only.
    private static IResult Grant(HttpContext context, SandboxServer server, string? projectId, string? projectName)
    {
        // A real one is several kilobytes of Base64.
        string token = "MII" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(1500));
        var expires = server.Clock.UtcNow + TokenLifetime;
        server.Cloud.Of<HuaweiAccount>().Tokens[token] = new SandboxToken(projectId, expires);
        context.Response.Headers["X-Subject-Token"] = token;
        return Results.Json(
            new
            {
                token = new
                {
                    expires_at = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
                    methods = new[] { "password" },
                    domain = projectId is null ? new { id = DomainId, name = HuaweiSamples.DomainName } : null,
                    project = projectId is null ? null : new { id = projectId, name = projectName },
                },
            },
            WithoutNulls,
            statusCode: StatusCodes.Status201Created);
    }

    private static IResult ListProjects(HttpContext context, SandboxServer server, string? name)
    {
        var (caller, refusal) = HuaweiGate.Authenticate(context, server);
        if (caller is null)
            return refusal!;
        var projects = server.Cloud.Of<HuaweiAccount>().Projects
            .Where(entry => name is null || entry.Key == name)
            .SelectMany(
                entry => entry.Value.Select(id => new { id, name = entry.Key, domain_id = DomainId, enabled = true }));
        return Results.Json(new { links = new { self = server.Address + "v3/projects" }, projects });
    }

    /// <summary>An error in the shape of IAM.</summary>
    public static IResult Error(int status, string message, string title) =>
        Results.Json(new { error = new { code = status, message, title } }, statusCode: status);
}
