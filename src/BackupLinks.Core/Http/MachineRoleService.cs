using System;

namespace BackupLinks.Http;

/// <summary>
/// The metadata service of a cloud's machines, which has temporary keys for the role of the machine. It is at an
/// address that never leaves the machine's own link.
/// </summary>
internal sealed record MachineRoleService
{
    /// <summary>The cloud, as users know it.</summary>
    public required string Provider { get; init; }

    /// <summary>The base address; its host is an address, not a name.</summary>
    public required Uri Address { get; init; }

    /// <summary>The name of the host in requests; null for the address.</summary>
    public string? Host { get; init; }

    /// <summary>
    /// The path that a token is requested at, the header with its lifetime, and the header that it is sent in; null for
    /// a service without tokens.
    /// </summary>
    public (string Path, string LifetimeHeader, string Header)? Token { get; init; }

    /// <summary>The path of the key; one that ends with a slash lists roles, and the name of a role follows.</summary>
    public required string KeyPath { get; init; }

    /// <summary>A part of the refusal that means that the machine has no role; null for the status alone.</summary>
    public string? NoRole { get; init; }

    /// <summary>The member of the response that the members of the key are in; null for none.</summary>
    public string? Envelope { get; init; }

    /// <summary>The members with the public part, the secret part and the token.</summary>
    public required (string Id, string Secret, string Token) Members { get; init; }

    /// <summary>The member with the end of the key: a time, or seconds since 1970.</summary>
    public required string ExpiryMember { get; init; }

    /// <summary>True when the name of the role is a part of the path.</summary>
    public bool NamesRole => KeyPath.EndsWith("/", StringComparison.Ordinal);
}
