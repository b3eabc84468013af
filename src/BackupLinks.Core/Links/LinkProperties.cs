using System;
using System.Collections.Generic;
using BackupLinks.Errors;

namespace BackupLinks.Links;

/// <summary>
/// A link as named values: one that a command of this process made, or one that was read back from a file or
/// another process.
/// </summary>
/// <param name="values">The properties, as text; names without case.</param>
/// <param name="isData">
/// True for one that was read back. The author of a file must not be able to direct credentials.
/// </param>
internal sealed class LinkProperties(IReadOnlyDictionary<string, string?> values, bool isData)
{
    /// <summary>The value of a property; null when it has none.</summary>
    public string? this[string name] =>
        values.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The value of a property that must be there.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.LinkRenewalFailed"/>.</exception>
    public string Require(string name) =>
        this[name] ?? throw new BackupLinksException(ErrorKind.LinkRenewalFailed, $"the object has no {name}");

    /// <summary>A base address of a service that credentials may be sent to; null when the record names none.</summary>
    /// <param name="name">The property with the address.</param>
    /// <param name="isVendors">True for a host that belongs to the provider's service.</param>
    /// <param name="orThisMachine">
    /// True when another process that listens on this machine could not use what is sent: a signature
    /// that is good for no other host.
    /// </param>
    public string? Endpoint(string name, Func<string, bool> isVendors, bool orThisMachine) =>
        this[name] is { } text && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (!isData || (uri.IsLoopback && orThisMachine)
                || (uri.Scheme == Uri.UriSchemeHttps && isVendors(uri.Host)))
            ? text
            : null;
}
