using System;
using System.Net;

namespace BackupLinks.Http;

/// <summary>
/// The way to each address. The first that applies:
/// 1. Plain http to this machine takes no proxy: it is allowed only because it stays here.
/// 2. The proxy that the command was given takes everything else.
/// 3. A host that <c>NO_PROXY</c> lists takes no proxy.
/// 4. A proxy that the caller set for the process (<c>HttpClient.DefaultProxy</c>).
/// 5. The environment's (<c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c>, <c>ALL_PROXY</c>, or in lower case).
/// 6. The system's.
/// The environment is read for each request, because a session may change it.
/// </summary>
/// <param name="settings">The command's proxy.</param>
/// <param name="getVariable">Reads an environment variable.</param>
/// <param name="getSystemProxy">The proxy of the process or the system; null for none.</param>
internal sealed class RequestProxy(
    ProxySettings settings, Func<string, string?> getVariable, Func<IWebProxy?> getSystemProxy)
    : IWebProxy, ICredentials
{
    // Set means: the caller wants this proxy; the framework's own types stand for the environment and the system.
    private WebProxy? CallersProxy => getSystemProxy() as WebProxy;

    /// <summary>The credentials; this object knows which proxy has which.</summary>
    ICredentials? IWebProxy.Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <summary>The proxy for an address; null for none.</summary>
    public Uri? Find(Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttp && AddressRange.IsLoopback(address))
            return null;
        if (settings.Address is not null)
            return settings.Address;
        if (NoProxyList.Contains(Read("no_proxy"), address))
            return null;
        return FromSystem(CallersProxy, address) ?? FromEnvironment(address.Scheme)?.Address
            ?? FromSystem(FrameworksProxy(), address);
    }

    /// <summary>True when the command was given a proxy, which <c>NO_PROXY</c> does not concern.</summary>
    public bool IsGiven => settings.Address is not null;

    /// <summary>
    /// The proxy for an address as a message names it: without user name and password; null for none.
    /// </summary>
    public string? Describe(Uri address) => Find(address) is { } way ? $"{way.Scheme}://{way.Authority}" : null;

    /// <summary>True when there is a credential to offer to the proxy.</summary>
    public bool HasCredential(Uri proxy) => GetCredential(proxy, "Basic") is not null;

    /// <inheritdoc/>
    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        if (settings.Credentials is { } given)
            return given.GetCredential(uri, authType);
        if (settings.Address is not null)
            return null;
        foreach (string scheme in new[] { Uri.UriSchemeHttps, Uri.UriSchemeHttp })
        {
            if (FromEnvironment(scheme) is { Credentials: { } own } proxy && IsSame(proxy.Address!, uri))
                return own.GetCredential(uri, authType);
        }

        return getSystemProxy()?.Credentials?.GetCredential(uri, authType);
    }

    bool IWebProxy.IsBypassed(Uri host) => Find(host) is null;

    // The framework calls this only for a host that is not bypassed.
    Uri IWebProxy.GetProxy(Uri destination) => Find(destination)!;

    private static bool IsSame(Uri left, Uri right) => left.Host == right.Host && left.Port == right.Port;

    private static Uri? FromSystem(IWebProxy? proxy, Uri address) =>
        proxy is null || proxy.IsBypassed(address) ? null : proxy.GetProxy(address);

    // The framework reads the environment once in a process, and knows no networks in NO_PROXY.
    private IWebProxy? FrameworksProxy() =>
        getSystemProxy() is { } proxy && proxy.GetType().Name != "HttpEnvironmentProxy" ? proxy : null;

    private ProxySettings? FromEnvironment(string scheme)
    {
        // HTTP_PROXY may be a header of a request that a web server runs this for (CVE-2016-5385).
        bool isScript = getVariable("GATEWAY_INTERFACE") is not null;
        string? text = scheme == Uri.UriSchemeHttp && isScript ? getVariable("http_proxy") : Read(scheme + "_proxy");
        return ProxySettings.FromVariable(text ?? Read("all_proxy"));
    }

    private string? Read(string name)
    {
        string? value = getVariable(name);
        if (string.IsNullOrWhiteSpace(value))
            value = getVariable(name.ToUpperInvariant());
        return string.IsNullOrWhiteSpace(value) ? null : value!.Trim();
    }
}
