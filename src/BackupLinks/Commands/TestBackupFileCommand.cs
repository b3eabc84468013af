using System;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Formats;
using BackupLinks.Formatting;

namespace BackupLinks.Cmdlets;

/// <summary>Tests whether files are whole, restorable backups.</summary>
[Cmdlet(VerbsDiagnostic.Test, "BackupFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(BackupFileReport))]
public sealed class TestBackupFileCommand : PSCmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string FileSet = "File";

    private FileTester? _tester;

    /// <summary>The files, and folders with files.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, by names whose wildcard characters stand for themselves.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Saved files, such as those of Get-BackupFile.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FileSet)]
    [ValidateNotNull]
    public BackupFile[] InputObject { get; set; } = [];

    /// <summary>Go into the folders of folders.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The format that the files must have.</summary>
    [Parameter]
    public BackupFormat? Format { get; set; }

    /// <summary>How deep to test.</summary>
    [Parameter]
    public BackupTestDepth Depth { get; set; } = BackupTestDepth.Contents;

    /// <summary>The SHA-256 or MD5 that the file must have.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? ExpectedHash { get; set; }

    /// <summary>Compute the SHA-256 of large files, too.</summary>
    [Parameter]
    public SwitchParameter Sha256 { get; set; }

    /// <summary>The most files at once.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 2;

    /// <summary>Neither read nor write the catalog.</summary>
    [Parameter]
    public SwitchParameter NoCatalog { get; set; }

    /// <summary>Give true or false instead of a report.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _tester =
        new FileTester(this, ThrottleLimit, Quiet, useCatalog: !NoCatalog);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName != PathSet;
        var paths = ParameterSetName == FileSet ? InputObject.Select(file => file.Path)
            : isLiteral ? LiteralPath
            : Path;
        foreach (string path in paths)
        {
            try
            {
                var options = new BackupTestOptions(Format, Depth, Formats.ExpectedHash.Parse(ExpectedHash), Sha256);
                foreach (string file in BackupFilePaths.Resolve(this, path, isLiteral, Recurse))
                    _tester!.Add(file, options);
            }
            catch (BackupLinksException e)
            {
                WriteError(e.ToErrorRecord(path));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _tester!.Complete();

    /// <inheritdoc/>
    protected override void StopProcessing() => _tester?.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _tester?.Dispose();
}
