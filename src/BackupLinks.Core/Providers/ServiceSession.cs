using System;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;

namespace BackupLinks.Providers;

/// <summary>
/// One service as one credential sees it, in one region or at one endpoint: what requests are sent with.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="endpoint">The base address of the service.</param>
/// <param name="context">The transport of the command.</param>
internal abstract class ServiceSession(BackupService service, Uri endpoint, RequestContext context)
{
    /// <summary>The service.</summary>
    public BackupService Service => service;

    /// <summary>The base address of the service.</summary>
    public Uri Endpoint => endpoint;

    /// <summary>What the objects that it lists remember of it; null for nothing.</summary>
    public ResourceOrigin? ResourceOrigin { get; set; }

    /// <summary>True while a request of the session waits, such as for its next attempt.</summary>
    public bool IsWaiting => context.Log.Waits.Any;

    /// <summary>Waits for links that the service makes first.</summary>
    public LinkWaiter LinkWaiter { get; } = new(context.Transport.Clock, context.Log.Waits, context.LinkGate);

    /// <summary>The region; null when only an endpoint was given.</summary>
    public virtual string? Region => null;

    /// <summary>Now, by the service's clock as far as it is known.</summary>
    public DateTimeOffset GetHostTime() => context.Transport.Clocks.GetUtcNow(endpoint);

    /// <summary>Now, by the clock of the store that an address is of, or else of the service; or of neither.</summary>
    public DateTimeOffset GetStoreTime(Uri address) => context.Transport.Clocks.GetUtcNow(address, endpoint);

    /// <summary>The error for an instance that is not in the list where it would have to be.</summary>
    /// <param name="subject">The instance, as it reads in a sentence.</param>
    public ApiException NotListed(string subject) =>
        new(ErrorKind.NotFound, $"{service.Provider.Name} lists no {subject}; {ListAdvice}.");

    /// <summary>The error for a backup that is not whole.</summary>
    /// <param name="subject">The backup, as it reads in a sentence.</param>
    /// <param name="state">Its state, in the provider's word.</param>
    public ApiException Unfinished(string subject, string? state) => new(
        ErrorKind.InvalidRequest,
        ScreenText.Sentence($"{Service.Provider.Name} has no whole file for {subject}, whose state is '{state}'")
            + "; request it again when it has succeeded, or another backup.");

    /// <summary>The error for an object that is not in the list where it would have to be.</summary>
    /// <param name="subject">The object, as it reads in a sentence.</param>
    public ApiException Absent(string subject)
    {
        var conventions = Service.Provider.Conventions;
        return new ApiException(
            ErrorKind.NotFound, $"{conventions.Name} does not know {subject}; {conventions.IdAdvice}.");
    }

    /// <summary>The advice about an instance that is not in the list; ends the sentence.</summary>
    private protected abstract string ListAdvice { get; }
}
