using System;
using System.Collections.Generic;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Manifests;

namespace BackupLinks.Cmdlets;

/// <summary>Reads links out of a file, all of them or one machine's part.</summary>
[Cmdlet(VerbsData.Import, "BackupLink", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ImportedLink))]
public sealed class ImportBackupLinkCommand : PSCmdlet
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private LinkImporter _importer = null!;

    /// <summary>The manifests, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The manifests, by names whose wildcard characters stand for themselves.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Which part, of how many: 3/16.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _importer = new LinkImporter(
                this, Clouds.Registry.LinkKinds, Shard is null ? null : Manifests.Shard.Parse(Shard));
        }
        catch (BackupLinksException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(Shard));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == LiteralPathSet)
        {
            foreach (string path in LiteralPath)
                Import(path, () => [ManifestPaths.Literal(this, path)]);
        }
        else
        {
            foreach (string path in Path)
                Import(path, () => ManifestPaths.Resolve(this, path));
        }
    }

    private void Import(string path, Func<IReadOnlyList<string>> find)
    {
        try
        {
            foreach (string file in find())
                ImportFile(file);
        }
        catch (BackupLinksException e)
        {
            WriteError(e.ToErrorRecord(path));
        }
    }

    // One of several that match cannot be read: the others can.
    private void ImportFile(string file)
    {
        try
        {
            _importer.Import(file);
        }
        catch (BackupLinksException e)
        {
            WriteError(e.ToErrorRecord(file));
        }
    }
}
