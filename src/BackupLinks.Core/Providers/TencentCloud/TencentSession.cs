using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.TencentCloud.Signing;

namespace BackupLinks.TencentCloud;

/// <summary>One service of Tencent Cloud as one credential sees it, in one region.</summary>
internal sealed class TencentSession : ServiceSession
{
    /// <summary>Opens the session; nothing is sent yet.</summary>
    /// <param name="service">The service.</param>
    /// <param name="endpoint">The base address of the service.</param>
    /// <param name="region">The region; null when only an endpoint was given.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="fields">The credential as the secret has it.</param>
    /// <param name="secret">Where the credential came from.</param>
    /// <param name="context">The session's transport.</param>
    public TencentSession(
        TencentService service, Uri endpoint, string? region, TencentCredential credential, CredentialFields fields,
        SecretReference secret, RequestContext context)
        : base(service, endpoint, context)
    {
        Region = region;
        var conventions = service.GetConventions($"the key of {fields.Origin}");
        var clocks = context.Transport.Clocks;
        var keys = context.GetKeys(service.Provider.MachineRole!, fields, credential.Scrubber);
        var signing = new TencentSigningHandler(
            keys, service.ApiName, service.ApiVersion, region, conventions.ClockRefusal, clocks, context.Log);
        Client = new ApiClient(
            context.CreateClient(signing, credential.Scrubber, conventions), endpoint, conventions, credential.Scrubber,
            clocks, context.Log);
        Origin = new TencentLinkOrigin(endpoint.AbsoluteUri, secret, fields, region)
        {
            Service = service.Key, Now = GetStoreTime,
        };
    }

    /// <inheritdoc/>
    public override string? Region { get; }

    /// <summary>The API.</summary>
    public ApiClient Client { get; }

    /// <summary>The properties of this session that a link records.</summary>
    public TencentLinkOrigin Origin { get; }

    private protected override string ListAdvice => "check the id and the region";

    /// <summary>Sends an action.</summary>
    /// <param name="action">Its name.</param>
    /// <param name="parameters">Its parameters; null for one that is not sent.</param>
    /// <param name="subject">The request, as it reads in a sentence.</param>
    /// <param name="type">How to read the response.</param>
    /// <param name="isComplete">False for a response that is not one to this action.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The response; null for one without a body.</returns>
    /// <exception cref="ApiException">The request was refused, failed, or the response is unusable.</exception>
    public async Task<T?> SendAsync<T>(
        string action, JsonObject parameters, string subject, JsonTypeInfo<TencentEnvelope<T>> type,
        Func<T, bool> isComplete, CancellationToken cancellationToken)
        where T : TencentResponse
    {
        foreach (string absent in parameters.Where(item => item.Value is null).Select(item => item.Key).ToArray())
            parameters.Remove(absent);
        var envelope = await Client.SendAsync(
            HttpMethod.Post, $"?{TencentSigningHandler.Action}={action}",
            Encoding.UTF8.GetBytes(parameters.ToJsonString()), subject, type,
            read => read.Response is { IsRefusal: false } response && isComplete(response), cancellationToken)
            .ConfigureAwait(false);
        return envelope?.Response;
    }
}
