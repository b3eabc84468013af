using System;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Providers;

/// <summary>One service as one credential sees it, in one region or at one endpoint: what requests are sent with.</summary>
/// <param name="service">The service.</param>
/// <param name="endpoint">The base address of the service.</param>
/// <param name="clocks">The hosts' clocks.</param>
internal abstract class ServiceSession(BackupService service, Uri endpoint, ClockSkewTracker clocks)
{
    /// <summary>The service.</summary>
    public BackupService Service => service;

    /// <summary>The base address of the service.</summary>
    public Uri Endpoint => endpoint;

    /// <summary>The region; null when only an endpoint was given.</summary>
    public virtual string? Region => null;

    /// <summary>Now, by the service's clock as far as it is known.</summary>
    public DateTimeOffset GetHostTime() => clocks.GetUtcNow(endpoint);

    /// <summary>The error for an instance that is not in the list where it would have to be.</summary>
    /// <param name="subject">The instance, as it reads in a sentence.</param>
    public ApiException NotListed(string subject) =>
        new(ErrorKind.NotFound, $"{service.Provider.Name} lists no {subject}; {ListAdvice}.");

    /// <summary>The advice about an instance that is not in the list; ends the sentence.</summary>
    private protected abstract string ListAdvice { get; }
}
