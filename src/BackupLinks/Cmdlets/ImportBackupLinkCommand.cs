using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Manifests;
using BackupLinks.Pipeline;

namespace BackupLinks.Cmdlets;

/// <summary>Reads links out of a file, all of them or one machine's part.</summary>
[Cmdlet(VerbsData.Import, "BackupLink")]
[OutputType(typeof(ImportedLink))]
public sealed class ImportBackupLinkCommand : PSCmdlet
{
    private LinkImporter _importer = null!;

    /// <summary>The manifests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Which part, of how many: 3/16.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _importer = new LinkImporter(this, Shard is null ? null : Manifests.Shard.Parse(Shard));
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Shard));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                _importer.Import(FileSystemPath.Resolve(this, path, "file", ErrorKind.ManifestUnavailable));
            }
            catch (BackupLinksException e)
            {
                WriteError(e.ToErrorRecord(path));
            }
        }
    }
}
