using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;

namespace BackupLinks.Providers;

/// <summary>What the module knows of a database service of a cloud.</summary>
public sealed class BackupServiceInfo
{
    internal BackupServiceInfo(BackupService service, bool hasCredential)
    {
        Cloud = service.Provider.Name;
        Service = service.Key;
        Engines = [.. service.Engines];
        Lists = [.. Words(service.ListsInstances, service.ListsBackups, service.LogKinds.Count > 0)];
        Links = [.. Words(false, service.LinksBackups, service.LinksLogs)];
        LogKinds = [.. service.LogKinds.Select(kind => kind.ToString())];
        LinkLifetime = service.LinkLifetime;
        ShortestLifetime = service.LinkLifetimes?.Least ?? service.LinkLifetime;
        LongestLifetime = service.LinkLifetimes?.Most ?? service.LinkLifetime;
        HasIntranet = service.HasIntranet;
        Regions = [.. service.Regions];
        SecretName = service.Provider.Credentials.SecretName;
        Permission = [.. service.Permissions];
        HasCredential = hasCredential;
    }

    /// <summary>The name of the cloud.</summary>
    public string Cloud { get; }

    /// <summary>The key of the service, for -Service: <c>HuaweiCloud.Rds</c>.</summary>
    public string Service { get; }

    /// <summary>The database engines of its instances.</summary>
    public string[] Engines { get; }

    /// <summary>What it lists: <c>Instances</c>, <c>Backups</c>, <c>Logs</c>.</summary>
    public string[] Lists { get; }

    /// <summary>What it returns links of: <c>Backups</c>, <c>Logs</c>.</summary>
    public string[] Links { get; }

    /// <summary>The kinds of log that it lists, members of <see cref="LogKind"/>; none for a service without.</summary>
    public string[] LogKinds { get; }

    /// <summary>
    /// How long a link is valid when the caller chooses no lifetime; null when the provider does not say.
    /// </summary>
    public TimeSpan? LinkLifetime { get; }

    /// <summary>The shortest lifetime that a caller may choose; null when the provider does not say.</summary>
    public TimeSpan? ShortestLifetime { get; }

    /// <summary>The longest lifetime that a caller may choose; null when the provider does not say.</summary>
    public TimeSpan? LongestLifetime { get; }

    /// <summary>True when backups have an address inside the provider's network, too.</summary>
    public bool HasIntranet { get; }

    /// <summary>The regions that have it; none for a service without regions.</summary>
    public string[] Regions { get; }

    /// <summary>The name of the secret that is used when the caller names none.</summary>
    public string SecretName { get; }

    /// <summary>The permissions that its requests need; none when the provider names none.</summary>
    public string[] Permission { get; }

    /// <summary>
    /// True when a vault or the environment has a credential for it now. The credential itself is not read.
    /// </summary>
    public bool HasCredential { get; }

    /// <summary>The key of the service.</summary>
    public override string ToString() => Service;

    private static IEnumerable<string> Words(bool instances, bool backups, bool logs)
    {
        if (instances)
            yield return "Instances";
        if (backups)
            yield return "Backups";
        if (logs)
            yield return "Logs";
    }
}
