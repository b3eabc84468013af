using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>
/// Checks signatures of Tencent Cloud, TC3-HMAC-SHA256, from what came over the wire. The host counts without its port.
/// </summary>
internal static class TencentSignature
{
    /// <summary>The action and parameters of a request.</summary>
    /// <param name="Key">The key that signed it.</param>
    /// <param name="Service">The service that the signature names.</param>
    /// <param name="Action">The action.</param>
    /// <param name="Version">The version of the API.</param>
    /// <param name="Region">The region.</param>
    /// <param name="Parameters">The parameters of the action.</param>
    public sealed record Call(
        SandboxKey Key, string Service, string Action, string Version, string Region, JsonObject Parameters);

    /// <summary>Why a request is refused.</summary>
    public sealed record Refusal(string Code, string Message);

    private const string Algorithm = "TC3-HMAC-SHA256";
    private const string End = "tc3_request";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Checks a request.</summary>
    public static async Task<(Call? Call, Refusal? Refusal)> VerifyAsync(
        HttpRequest request, DateTimeOffset now)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        string Header(string name) => request.Headers[name].ToString();
        string[] parts = Header("Authorization").Split(' ', 2);
        if (parts is not [Algorithm, var rest])
            return Refuse("InvalidAuthorization", "The request header 'Authorization' does not follow the standard.");
        var fields = rest.Split(", ").Select(field => field.Split('=', 2)).Where(field => field.Length == 2)
            .ToDictionary(field => field[0], field => field[1]);
        if (!fields.TryGetValue("Credential", out string? credential) || credential.Split('/') is not
            [var id, var day, var service, End]
            || !fields.TryGetValue("SignedHeaders", out string? names)
            || !fields.TryGetValue("Signature", out string? signature))
            return Refuse("InvalidAuthorization", "The request header 'Authorization' does not follow the standard.");
        if (!long.TryParse(
            Header("X-TC-Timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            return (null, new("MissingParameter", "The request header 'X-TC-Timestamp' is missing."));
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if ((time - now).Duration() > Window)
            return Refuse(
                "SignatureExpire",
                "Signature expired. Timestamp and server time should not differ by more than five minutes.");
        if (!TencentSamples.Keys.TryGetValue(id, out var key))
            return Refuse("SecretIdNotFound", "The SecretId is not found.");
        if (Header("X-TC-Token") != (key.SecurityToken ?? ""))
            return Refuse("TokenFailure", "The token is wrong.");
        string[] signed = names.Split(';');
        if (!signed.Contains("content-type") || !signed.Contains("host")
            || !signed.Order(StringComparer.Ordinal).SequenceEqual(signed)
            || day != time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            return Mismatch();
        string lines = string.Concat(signed.Select(name => $"{name}:{Canonical(request, name)}\n"));
        string canonical = $"{request.Method}\n/\n{request.QueryString.Value?.TrimStart('?')}\n{lines}\n{names}\n"
            + Hash(body);
        string toSign = $"{Algorithm}\n{seconds}\n{day}/{service}/{End}\n{Hash(canonical)}";
        byte[] derived = Mac(Mac(Mac(Encoding.UTF8.GetBytes("TC3" + key.SecretKey), day), service), End);
        if (signature != Convert.ToHexStringLower(Mac(derived, toSign)))
            return Mismatch();
        try
        {
            return JsonNode.Parse(body) is JsonObject parameters
                ? (new(
                    key, service, Header("X-TC-Action"), Header("X-TC-Version"), Header("X-TC-Region"), parameters),
                    null)
                : (null, new("InvalidParameter", "The body is not a JSON object."));
        }
        catch (JsonException)
        {
            return (null, new("InvalidParameter", "The body is not JSON."));
        }
    }

    private static (Call?, Refusal?) Refuse(string word, string message) =>
        (null, new("AuthFailure." + word, message));

    private static (Call?, Refusal?) Mismatch() => Refuse(
        "SignatureFailure", "The provided credentials could not be validated. Please check your signature is correct.");

    private static string Canonical(HttpRequest request, string name) =>
        (name == "host" ? request.Host.Host : request.Headers[name].ToString()).Trim().ToLowerInvariant();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
