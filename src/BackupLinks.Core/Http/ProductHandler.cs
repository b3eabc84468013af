using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>
/// Names the sender of a request, and accepts any type of response unless the request says otherwise. Firewalls
/// refuse requests without these headers (the OWASP Core Rule Set by rules 920300 and 920320). It is below the
/// signing handlers, so no signature covers them.
/// </summary>
internal sealed class ProductHandler : DelegatingHandler
{
    /// <summary>The version of the module, which its manifest says.</summary>
    public static string Version { get; } = typeof(ProductHandler).Assembly
        .GetCustomAttributes<AssemblyInformationalVersionAttribute>().Single()
        .InformationalVersion.Split('+')[0];

    private static readonly ProductInfoHeaderValue Product = new("BackupLinks", Version);
    private static readonly MediaTypeWithQualityHeaderValue Anything = new("*/*");

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.UserAgent.Count == 0)
            request.Headers.UserAgent.Add(Product);
        if (request.Headers.Accept.Count == 0)
            request.Headers.Accept.Add(Anything);
        return base.SendAsync(request, cancellationToken);
    }
}
