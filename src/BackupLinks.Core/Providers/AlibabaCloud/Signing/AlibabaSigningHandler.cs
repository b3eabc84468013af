using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Http;

namespace BackupLinks.AlibabaCloud.Signing;

/// <summary>
/// Signs each attempt with a nonce of its own: the service refuses one that it has seen. The clients name the action as
/// a parameter, as version 1 has it; version 3 has a header for it.
/// </summary>
/// <param name="keys">Has the key.</param>
/// <param name="isVersion1">True for the signature of version 1.</param>
/// <param name="apiVersion">The version of the service's API: <c>2014-08-15</c>.</param>
/// <param name="refusal">How a refusal blames the clock.</param>
/// <param name="clocks">The clocks of hosts.</param>
/// <param name="log">Told of a wrong clock.</param>
internal sealed class AlibabaSigningHandler(
    IKeySource keys, bool isVersion1, string apiVersion, ClockRefusal refusal, ClockSkewTracker clocks,
    RequestLog log)
    : SigningHandler(refusal, clocks, log, keys)
{
    private const string Action = "Action";

    protected override Task SignAsync(HttpRequestMessage request, DateTimeOffset now)
    {
        var uri = request.RequestUri!;
        // All parameters are in the query, also those of a POST. The signature covers the type of a body.
        request.Content = null;
        var parameters = QuerySignature.Parse(uri);
        string time = QuerySignature.Timestamp(now);
        string nonce = Guid.NewGuid().ToString();
        var key = Key;
        string query = isVersion1
            ? SignQuery(key, request.Method.Method, parameters, time, nonce)
            : SignHeaders(key, request, parameters, time, nonce);
        request.RequestUri = new Uri(uri.GetLeftPart(UriPartial.Path) + "?" + query);
        return Task.CompletedTask;
    }

    private string SignQuery(
        SigningKey key, string method, Dictionary<string, string> parameters, string time, string nonce)
    {
        parameters["AccessKeyId"] = key.Id;
        parameters["Format"] = "JSON";
        parameters["SignatureMethod"] = "HMAC-SHA1";
        parameters["SignatureNonce"] = nonce;
        parameters["SignatureVersion"] = "1.0";
        parameters["Timestamp"] = time;
        parameters["Version"] = apiVersion;
        if (key.Token is { } token)
            parameters["SecurityToken"] = token;
        return AlibabaRpcSigner.SignedQuery(key.Secret, method, parameters);
    }

    private string SignHeaders(
        SigningKey key, HttpRequestMessage request, Dictionary<string, string> parameters, string time, string nonce)
    {
        var uri = request.RequestUri!;
        string action = parameters[Action];
        parameters.Remove(Action);
        string query = QuerySignature.CanonicalQuery(parameters);
        string hash = AlibabaSigner.HashBody([]);
        var headers = new Dictionary<string, string>
        {
            ["x-acs-action"] = action, ["x-acs-version"] = apiVersion, ["x-acs-date"] = time,
            ["x-acs-signature-nonce"] = nonce, ["x-acs-content-sha256"] = hash,
        };
        if (key.Token is { } token)
            headers["x-acs-security-token"] = token;
        foreach (var header in headers)
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        // HTTP sends the port unless it is the scheme's own.
        headers["host"] = uri.Authority;
        request.Headers.Host = uri.Authority;
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            AlibabaSigner.Authorize(
                key.Id, key.Secret, request.Method.Method, uri.AbsolutePath, query, headers, hash));
        return query;
    }
}
