using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>
/// What all services of Capital Online have in common: the signature, and the shapes of success and error.
/// </summary>
internal sealed class CapitalOnlineGate
{
    private static readonly JsonSerializerOptions Pascal = new();

    // One for all services: a nonce counts once.
    private readonly CapitalOnlineSignature _signatures = new();

    /// <summary>Checks the signature of a request.</summary>
    /// <returns>Null when it is good, else the response that refuses the request.</returns>
    public IResult? Admit(HttpContext context, SandboxServer server) =>
        _signatures.Verify(context.Request, server.Clock.UtcNow) is { } refusal
            ? Error(refusal.Code is "ArgMissing" or "InvalidParameter" ? 400 : 401, refusal.Code, refusal.Message)
            : null;

    /// <summary>A list; the samples of the lists have no task.</summary>
    public static IResult List(object data) =>
        Results.Json(new { Code = "Success", Data = data, Message = "success" }, Pascal);

    /// <summary>Any other success.</summary>
    public static IResult Success(object data) =>
        Results.Json(new { Code = "Success", Data = data, Message = "success", TaskId = "" }, Pascal);

    /// <summary>An error.</summary>
    public static IResult Error(int status, string code, string message) =>
        Results.Json(new { Code = code, Message = message, TaskId = "" }, Pascal, statusCode: status);
}
