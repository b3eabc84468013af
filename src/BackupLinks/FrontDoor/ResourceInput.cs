using System;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.FrontDoor;

/// <summary>
/// An instance, a backup or a log in the pipeline: an object of this session, one that was read back, or a row with the
/// columns Service and InstanceId.
/// </summary>
internal sealed class ResourceInput
{
    private readonly PSObject _item;

    private ResourceInput(PSObject item, BackupService service, object target)
    {
        _item = item;
        Service = service;
        Target = target;
        Origin = ErrorTarget.ResourceOf(item)?.Origin;
    }

    /// <summary>The service that it is of.</summary>
    public BackupService Service { get; }

    /// <summary>What it was requested with; null for an object that was read back.</summary>
    public ResourceOrigin? Origin { get; }

    /// <summary>The item for errors: the object, or the id that the caller gives.</summary>
    public object Target { get; }

    /// <summary>The backup; null for an instance or a log.</summary>
    public string? BackupId => Text(nameof(BackupId));

    /// <summary>The log; null for an instance or a backup.</summary>
    public string? LogId => Text(nameof(LogId));

    /// <summary>The instance; null when the object does not name one.</summary>
    public string? InstanceId => Text(nameof(InstanceId));

    /// <summary>The name of the instance.</summary>
    public string? InstanceName =>
        Text(nameof(InstanceName)) ?? (BackupId is null && LogId is null ? Text(nameof(CloudInstance.Name)) : null);

    /// <summary>The database engine; null when the object does not name one.</summary>
    public string? Engine => Text(nameof(Engine));

    /// <summary>The region; null when the object does not name one.</summary>
    public string? Region => Text(nameof(Region));

    /// <summary>When the instance was created; null when the object does not say.</summary>
    public DateTimeOffset? CreatedAt => Display.ToTime(Value(nameof(CreatedAt)));

    /// <summary>The lists of the command that the instance came from; null for one that remembers none.</summary>
    public InstanceLists? Lists => (ErrorTarget.ResourceOf(_item) as CloudInstance)?.Lists;

    /// <summary>False for a backup or a log that cannot be downloaded, as its list says.</summary>
    public bool? IsDownloadable => bool.TryParse(Text(nameof(IsDownloadable)), out bool value) ? value : null;

    /// <summary>Why the provider returns no link, as the object says; null when it does not.</summary>
    public string? LinkObstacle => Text(nameof(IObstructed.LinkObstacle));

    /// <summary>The state, as the list says.</summary>
    public string? Status => Text(nameof(Status));

    /// <summary>What the list says of the backup or log.</summary>
    public BackupDetails Details => new(
        InstanceName,
        Display.ToTime(Value(nameof(CloudBackup.BackupTime)) ?? Value(nameof(CloudLog.Date))),
        BackupId is not null && long.TryParse(Text(nameof(CloudBackup.Size)), out long size) && size > 0 ? size : null)
    {
        EndTime = Display.ToTime(Value(nameof(CloudBackup.EndTime))),
        Type = BackupId is null ? null : Text(nameof(CloudBackup.Type)),
        Engine = Text(nameof(CloudInstance.Engine)),
        IsEncrypted = bool.TryParse(Text(nameof(BackupDetails.IsEncrypted)), out bool isEncrypted) ? isEncrypted : null,
    };

    /// <summary>The ids that a caller gives.</summary>
    public static ResourceInput Of(
        BackupService service, string? instanceId, string? backupId = null, string? logId = null)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty(nameof(InstanceId), instanceId));
        row.Properties.Add(new PSNoteProperty(nameof(BackupId), backupId));
        row.Properties.Add(new PSNoteProperty(nameof(LogId), logId));
        return new ResourceInput(row, service, backupId ?? logId ?? instanceId ?? "");
    }

    /// <summary>Reads an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="registry">The clouds.</param>
    /// <param name="accepted">The kinds of object that the command takes, as they read in a sentence.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidRequest"/> or <see cref="ErrorKind.UnknownService"/>: it is of no known service.
    /// </exception>
    public static ResourceInput Read(PSObject item, ProviderRegistry registry, string accepted)
    {
        bool isText = item.BaseObject is string or ValueType;
        string? key = isText ? null : PropertyValue.TryText(item, nameof(CloudResource.Service));
        if (key is not null)
            return new ResourceInput(
                item, registry.FindService(key) ?? throw new ServiceSelector(registry).Unknown(key), item);
        if (NamedKind.Of(item) is { Service: null } saved)
            throw new BackupLinksException(
                ErrorKind.InvalidRequest, $"An object in the pipeline is not what the command takes: {saved}.");
        if (!isText
            && item.TypeNames.Select(registry.FindServiceOfType).FirstOrDefault(
                found => found is not null) is { } service)
            return new ResourceInput(item, service, item);
        string what = isText ? ScreenText.Sentence($"'{item.BaseObject.ToString()}'")
            : ScreenText.Sentence($"An object of type {item.TypeNames.FirstOrDefault()}");
        throw new BackupLinksException(
            ErrorKind.InvalidRequest,
            $"{what} does not say which service it is of; pipe {accepted}, or rows with the columns Service and "
                + "InstanceId, "
            + "or pass ids with -Service and -InstanceId.");
    }

    /// <summary>The settings that the object brings: region and project, never an address.</summary>
    /// <param name="region">The region that the caller names; null for none.</param>
    /// <param name="endpoint">The endpoint that the caller names; null for none.</param>
    public SessionSettings GetSettings(string? region, string? endpoint)
    {
        var settings = new SessionSettings { [CredentialFields.Endpoint] = endpoint,
        [CredentialFields.Region] = region };
        // The project that an object names is one of the object's region, and another one was typed.
        if (region is null)
        {
            foreach (var key in Service.Provider.Credentials.Settings.Where(key => !key.IsEndpoint))
                settings[key.Name] = Text(key.Name)?.Trim();
        }

        return settings;
    }

    private string? Text(string name) => PropertyValue.TryText(_item, name);

    private object? Value(string name) => _item.Properties[name] is { } property ? PropertyValue.Of(property) : null;
}
