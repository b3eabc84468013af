using System;
using BackupLinks.Sandbox.Routes;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>What Huawei Cloud's API gateway does before a service sees a request.</summary>
internal static class HuaweiGate
{
    /// <summary>The caller.</summary>
    /// <param name="ProjectId">The project that a token is for; null for an access key, which may name any.</param>
    /// <param name="MayRead">False for a credential without permissions.</param>
    public sealed record Caller(string? ProjectId, bool MayRead)
    {
        /// <summary>True for a token of an account, which is for global services only.</summary>
        public bool IsGlobal { get; init; }
    }

    /// <summary>Checks the credential of a request.</summary>
    /// <returns>The caller, or the response that refuses the request.</returns>
    public static (Caller? Caller, IResult? Refusal) Authenticate(HttpContext context, SandboxServer server)
    {
        string token = context.Request.Headers["X-Auth-Token"].ToString();
        if (token.Length > 0 && context.Request.Headers.Authorization.Count > 0)
            return (null, Error(
                context, 401, "APIGW.0301", "Incorrect IAM authentication information: more than one credential"));
        if (token.Length > 0)
            return AuthenticateToken(context, server, token);
        var (key, refusal) = HuaweiSignature.Verify(context.Request, server.Clock.UtcNow);
        return key is null
            ? (null, Error(context, 401, "APIGW.0301", "Incorrect IAM authentication information: " + refusal))
            : (new Caller(null, key.MayRead), null);
    }

    /// <summary>Checks the credential of a request to a service, and that it may see the project.</summary>
    public static IResult? Admit(
        HttpContext context, SandboxServer server, string projectId, string deniedCode, string projectCode)
    {
        var (caller, refusal) = Authenticate(context, server);
        if (caller is null)
            return refusal;
        string named = context.Request.Headers["X-Project-Id"].ToString();
        bool isKnown = server.Cloud.Of<HuaweiAccount>().ReadableProjects.ContainsKey(projectId)
            && (named.Length == 0 || named == projectId);
        // The services here belong to a region: a token of the account is not for them.
        if (!isKnown || caller.IsGlobal || (caller.ProjectId is { } own && own != projectId))
        {
            // By the tables of the services: DCS.1004 is of status 401, the codes of RDS and DDS are of 403.
            int status = projectCode.StartsWith("DCS.", StringComparison.Ordinal) ? 401 : 403;
            return Error(context, status, projectCode, "The project id in the request does not match the credential.");
        }

        return caller.MayRead ? null
            : Error(context, 403, deniedCode, "Policy doesn't allow this action to be performed.");
    }

    /// <summary>An error in the shape of the gateway and the services.</summary>
    public static IResult Error(HttpContext context, int status, string code, string message) => Results.Json(
        new { error_msg = message, error_code = code,
            request_id = context.Response.Headers[UnroutedRequest.RequestIdHeader(context.Request)].ToString() },
        statusCode: status);

    private static (Caller? Caller, IResult? Refusal) AuthenticateToken(
        HttpContext context, SandboxServer server, string token)
    {
        if (!server.Cloud.Of<HuaweiAccount>().Tokens.TryGetValue(token, out var known))
            return (null,
                Error(context, 401, "APIGW.0301", "Incorrect IAM authentication information: decrypt token fail"));
        return known.ExpiresAt <= server.Clock.UtcNow
            ? (null, Error(context, 401, "APIGW.0307", "The token must be updated."))
            : (new Caller(known.ProjectId, MayRead: true) { IsGlobal = known.ProjectId is null }, null);
    }
}
