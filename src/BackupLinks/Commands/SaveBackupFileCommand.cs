using System;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Cmdlets;

/// <summary>Downloads backups and logs to verified files.</summary>
[Cmdlet(VerbsData.Save, "BackupFile", SupportsShouldProcess = true, DefaultParameterSetName = LinkSet)]
[OutputType(typeof(SavedBackupFile))]
public sealed class SaveBackupFileCommand : NetworkCommand, IDisposable
{
    private const string LinkSet = "Link";
    private const string UriSet = "Uri";

    private FileSaver? _saver;

    /// <summary>The links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = LinkSet)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The address of a file.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    [LinkAddress]
    public Uri? Uri { get; set; }

    /// <summary>The name to save the file under.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    [AllowEmptyString]
    public string? FileName { get; set; }

    /// <summary>The size that the file must have, in bytes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    public long? Size { get; set; }

    /// <summary>When the address stops working.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = UriSet)]
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>
    /// The folder to save to; a property of the object that is piped in, or a script block, for each its own.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>The SHA-256 or MD5 that the file must have.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? ExpectedHash { get; set; }

    /// <summary>The most files at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Connections for each file; chosen by its size when not given.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int SegmentCount { get; set; }

    /// <summary>The most bytes a second, all files together.</summary>
    [Parameter]
    [ValidateRange(1024, long.MaxValue)]
    public long BandwidthLimit { get; set; } = long.MaxValue;

    /// <summary>Seconds that a connection may be silent.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int StallTimeoutSec { get; set; } = 60;

    /// <summary>The fewest bytes a second that a file may come with, over the stall time-out; 0 for any.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumSpeed { get; set; } = 1024;

    /// <summary>Take no entity tag of the store for an MD5.</summary>
    [Parameter]
    public SwitchParameter IgnoreEntityTag { get; set; }

    /// <summary>Test each file as a backup while it comes.</summary>
    [Parameter]
    public SwitchParameter Test { get; set; }

    /// <summary>Neither read nor write the catalog.</summary>
    [Parameter]
    public SwitchParameter NoCatalog { get; set; }

    /// <summary>Replace files that are there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Let links lead over plain http to other machines.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>Let links lead over plain http to private addresses.</summary>
    [Parameter]
    public SwitchParameter AllowIntranetHttp { get; set; }

    private protected override void Post(Action message) => _saver!.Post(message);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var settings = new TransferSettings
        {
            SegmentCount = MyInvocation.BoundParameters.ContainsKey(nameof(SegmentCount)) ? SegmentCount : null,
            StallTimeout = TimeSpan.FromSeconds(StallTimeoutSec),
            MinimumSpeed = MinimumSpeed,
            IgnoreEntityTag = IgnoreEntityTag,
            MaximumRetryCount = MaximumRetryCount,
            RetryInterval = TimeSpan.FromSeconds(RetryIntervalSec),
            Test = Test,
            Force = Force,
            AllowInsecure = AllowInsecure,
            AllowIntranetHttp = AllowIntranetHttp,
        };
        _saver = new FileSaver(this, ThrottleLimit, Waits);
        try
        {
            // The shell would say for each link that it cannot be bound, and not why.
            if (MyInvocation.ExpectingInput && InputObject is not null)
                LinkInput.RequireNoFolder(InputObject);
            // One that is given for all ends the command when it cannot be; one of an object is that object's error.
            if (MyInvocation.BoundParameters.ContainsKey(nameof(Destination)))
                FolderOf(Destination);
            _saver.Begin(
                settings,
                BandwidthLimit == long.MaxValue ? null : new BandwidthLimiter(BandwidthLimit, Clock.System),
                CreateContext(settings.StallTimeout), CreateContext(new RequestSettings().AttemptTimeout),
                useCatalog: !NoCatalog);
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Destination));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string folder;
        try
        {
            folder = FolderOf(Destination);
        }
        catch (BackupLinksException e)
        {
            if (!MyInvocation.BoundParameters.ContainsKey(nameof(Destination)))
                ThrowTerminatingError(e.ToErrorRecord(Destination));
            WriteError(e.ToErrorRecord((object?)InputObject ?? Destination));
            return;
        }

        foreach (var link in LinkInput.Each(ParameterSetName == UriSet ? AsLink() : InputObject))
            _saver!.Add(link, folder, ExpectedHash, isTyped: ParameterSetName == UriSet);
    }

    private string FolderOf(string destination) =>
        FileSystemPath.Resolve(this, destination, FileSystemPath.Folder, ErrorKind.DestinationUnavailable);

    /// <inheritdoc/>
    protected override void EndProcessing() => _saver!.Complete();

    /// <inheritdoc/>
    protected override void StopProcessing() => _saver?.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _saver?.Dispose();

    private PSObject AsLink()
    {
        var link = new PSObject();
        link.Properties.Add(new PSNoteProperty(nameof(Uri), Uri));
        link.Properties.Add(new PSNoteProperty(nameof(FileName), FileName));
        link.Properties.Add(new PSNoteProperty(nameof(Size), Size));
        link.Properties.Add(new PSNoteProperty(nameof(ExpiresAt), ExpiresAt));
        return link;
    }
}
