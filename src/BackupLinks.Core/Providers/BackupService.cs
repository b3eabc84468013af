using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Links;

namespace BackupLinks.Providers;

/// <summary>One service of a cloud: what it lists, what it links, and the words of its pages.</summary>
internal abstract class BackupService
{
    /// <summary>The cloud.</summary>
    public abstract Provider Provider { get; }

    /// <summary>The name as the vendor writes it: <c>Rds</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that people know it by, such as the prefix of its commands.</summary>
    public virtual IReadOnlyList<string> OtherNames => [];

    /// <summary>The key, with that of the cloud in front.</summary>
    public string Key => Provider.Key + "." + Name;

    /// <summary>The engines of its instances.</summary>
    public abstract IReadOnlyList<string> Engines { get; }

    /// <summary>The regions that have it; none for a service without regions.</summary>
    public virtual IReadOnlyList<string> Regions => [];

    /// <summary>True for a region that has it.</summary>
    public virtual bool HasRegion(string region) => Regions.Contains(region, StringComparer.OrdinalIgnoreCase);

    /// <summary>An endpoint of it as a user writes one, for advice.</summary>
    public abstract string EndpointExample { get; }

    /// <summary>
    /// Its own error codes whose HTTP status does not say what they mean, from its page of error codes. Another service
    /// may mean something else by the same code.
    /// </summary>
    public virtual IReadOnlyDictionary<string, ErrorKind> ErrorCodes => NoCodes;

    /// <summary>The conventions of the provider, with the codes of the service.</summary>
    /// <param name="credential">The credential, as it reads in a sentence.</param>
    internal ApiConventions GetConventions(string credential) => Provider.Conventions with
    {
        ClassifyCode = code =>
            ErrorCodes.TryGetValue(code, out var kind) ? kind : Provider.Conventions.ClassifyCode(code),
        Credential = credential,
    };

    /// <summary>The words that its pages list for instances.</summary>
    public virtual VendorWords InstanceWords => VendorWords.None;

    /// <summary>The words that its pages list for backups.</summary>
    public virtual VendorWords BackupWords => VendorWords.None;

    /// <summary>The words that its pages list for logs.</summary>
    public virtual VendorWords LogWords => VendorWords.None;

    /// <summary>
    /// The permissions that its requests need, as the vendor writes them; empty where its pages name none.
    /// </summary>
    public virtual IReadOnlyList<string> Permissions => [];

    /// <summary>The lifetime of its backup links as its page states it; null when it does not.</summary>
    public virtual TimeSpan? LinkLifetime => null;

    /// <summary>The lifetimes that a caller may choose for its backup links; null when there is no choice.</summary>
    public virtual LifetimeRange? LinkLifetimes => null;

    /// <summary>The lifetimes that a caller may choose for its log links; null when there is no choice.</summary>
    public virtual LifetimeRange? LogLinkLifetimes => LinkLifetimes;

    /// <summary>True when its backups have an address inside the provider's network, too.</summary>
    public virtual bool HasIntranet => false;

    /// <summary>True when its logs have one.</summary>
    public virtual bool LogsHaveIntranet => HasIntranet;

    /// <summary>
    /// Ids as the vendor's pages have them, for examples and tests. <see cref="LogSamples"/> has those of logs.
    /// </summary>
    public abstract LinkIds SampleIds { get; }

    /// <summary>A log of each of <see cref="LogKinds"/>, in their order.</summary>
    public virtual IReadOnlyList<LogSample> LogSamples => [];

    /// <summary>The kinds of link that it returns.</summary>
    public abstract IReadOnlyList<LinkKind> LinkKinds { get; }

    /// <summary>True when it lists instances.</summary>
    public virtual bool ListsInstances => true;

    /// <summary>True when it lists backups.</summary>
    public virtual bool ListsBackups => true;

    /// <summary>True when it returns links of backups.</summary>
    public virtual bool LinksBackups => true;

    /// <summary>
    /// True where the links are in the list of backups, because the API has no request for one backup.
    /// </summary>
    public virtual bool FindsBackupsInList => false;

    /// <summary>How many requests the links of a backup take; more than one where other lists have a part.</summary>
    public virtual int RequestsOfBackupLinks => 1;

    /// <summary>The requests that a page of instances takes; more than one where each type has its list.</summary>
    public virtual int RequestsOfInstances => 1;

    /// <summary>
    /// True when its lists of backups and logs are empty for an instance that it does not know, and not a refusal.
    /// </summary>
    public virtual bool ListsNothingOfUnknown => false;

    /// <summary>
    /// The remark about the link of an encrypted backup, with where its key is; null for a service whose links do not
    /// lead to encrypted files.
    /// </summary>
    public virtual string? EncryptionRemark => null;

    /// <summary>The kinds of log that it lists; none for a service without.</summary>
    public virtual IReadOnlyList<LogKind> LogKinds => [];

    /// <summary>True when it lists logs.</summary>
    public bool ListsLogs => LogKinds.Count > 0;

    /// <summary>True when it returns links of logs.</summary>
    public virtual bool LinksLogs => LogKinds.Count > 0;

    /// <summary>What a restore needs besides a backup.</summary>
    /// <param name="type">The vendor's word for its kind; null when that is not known.</param>
    /// <returns>
    /// A word of <see cref="Catalog.BackupKind"/>; null for a word that the vendor's pages do not list, and for an
    /// unknown one of a service that has both.
    /// </returns>
    public string? KindOf(string? type) =>
        Has(BackupWords.IncrementalTypes, type) ? BackupKind.Incremental
        : type is null ? (BackupWords.IncrementalTypes.Count == 0 ? BackupKind.Full : null)
        : Has(BackupWords.Type, type) ? BackupKind.Full
        : null;

    /// <summary>The request for its instances.</summary>
    /// <exception cref="NotSupportedException">It lists none.</exception>
    public virtual ServiceRequest<IInstance> Instances(InstanceFilter filter) => throw new NotSupportedException();

    /// <summary>The request for the backups of an instance.</summary>
    /// <exception cref="NotSupportedException">It lists none.</exception>
    public virtual ServiceRequest<IBackup> Backups(InstanceReference instance, BackupFilter filter) =>
        throw new NotSupportedException();

    /// <summary>The request for the logs of an instance.</summary>
    /// <exception cref="NotSupportedException">It lists none.</exception>
    public virtual ServiceRequest<ILog> Logs(InstanceReference instance, LogFilter filter) =>
        throw new NotSupportedException();

    /// <summary>The request for the links of a backup or a log.</summary>
    /// <param name="ids">Which instance, and which backup or log.</param>
    /// <param name="options">The caller's choices for the links.</param>
    /// <exception cref="NotSupportedException">It has no links for this.</exception>
    public abstract ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options);

    private static readonly Dictionary<string, ErrorKind> NoCodes = [];

    private static bool Has(IReadOnlyList<string>? words, string? word) =>
        words?.Contains(word, StringComparer.OrdinalIgnoreCase) == true;
}
