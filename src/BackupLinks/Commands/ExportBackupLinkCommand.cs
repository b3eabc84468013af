using System;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Parameters;

namespace BackupLinks.Cmdlets;

/// <summary>Writes links to a file that another program, or this module on another machine, downloads from.</summary>
[Cmdlet(VerbsData.Export, "BackupLink", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ExportBackupLinkCommand : PSCmdlet, IDisposable
{
    private LinkExporter? _exporter;

    /// <summary>The links.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>How it is written.</summary>
    [Parameter(Position = 1)]
    public ManifestFormat Format { get; set; } = ManifestFormat.Jsonl;

    /// <summary>Leave a file that is there as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Let links lead over plain http to other machines.</summary>
    [Parameter]
    public SwitchParameter AllowInsecure { get; set; }

    /// <summary>Let links lead over plain http to private addresses.</summary>
    [Parameter]
    public SwitchParameter AllowIntranetHttp { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            string path = FileSystemPath.Resolve(this, Path, "file", ErrorKind.DestinationUnavailable);
            if (ShouldProcess(path, $"Write links in the format {Format}"))
                {
                var file = ManifestFile.Create(path, Format, replace: !NoClobber);
                _exporter = new LinkExporter(this, Clouds.Registry.LinkKinds, file, AllowInsecure, AllowIntranetHttp);
            }
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var link in LinkInput.Each(InputObject))
            _exporter?.Add(link);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _exporter?.Complete();

    /// <inheritdoc/>
    public void Dispose() => _exporter?.Dispose();
}
