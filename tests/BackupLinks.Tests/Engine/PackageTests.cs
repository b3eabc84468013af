using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Xml.Linq;
using BackupLinks.Cmdlets;
using BackupLinks.Links;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>What ships: the staged folder, and the package of it.</summary>
public sealed class PackageTests
{
    private static readonly string[] SharedFiles =
    [
        "BackupLinks.psd1", "LICENSE", "THIRD-PARTY-NOTICES.txt", "bin/BackupLinks.Format.ps1xml",
        "bin/BackupLinks.Types.ps1xml",
        "en-US/BackupLinks.dll-Help.xml", "en-US/about_BackupLinks.help.txt",
        "en-US/about_BackupLinks_Runbooks.help.txt",
        "zh-CN/about_BackupLinks.help.txt", "zh-CN/about_BackupLinks_Runbooks.help.txt",
        "samples/Register-NightlyTask.ps1", "samples/fleet.ps1", "samples/nightly.ps1", "samples/nightly.psd1",
        "samples/kubernetes/Containerfile", "samples/kubernetes/indexed-job.yaml",
        "samples/kubernetes/initialize.yaml", "samples/kubernetes/nightly.yaml",
        "samples/prometheus/backuplinks.rules.yml", "samples/systemd/backuplinks-alert@.service",
        "samples/systemd/backuplinks-nightly.service", "samples/systemd/backuplinks-nightly.timer",
    ];

    // On PowerShell 7 the module is two assemblies.
    private static readonly string[] CoreFiles = ["bin/net8.0/BackupLinks.Core.dll", "bin/net8.0/BackupLinks.dll"];

    private static readonly string[] DesktopFiles =
    [
        .. new[]
        {
            "BackupLinks.Core", "BackupLinks", "Microsoft.Bcl.AsyncInterfaces", "System.Buffers", "System.Memory",
            "System.Numerics.Vectors",
            "System.Runtime.CompilerServices.Unsafe", "System.Text.Encodings.Web", "System.Text.Json",
            "System.Threading.Tasks.Extensions",
        }.Select(name => $"bin/netstandard2.0/{name}.dll"),
    ];

    // The project for PowerShell 7 alone does not build the other framework; the one for that builds both, and the
    // package.
    private static readonly bool HasBothBuilds = ModuleHost.ModuleFramework == "netstandard2.0";

    [Fact]
    public void Staged_folder_holds_the_files_that_ship_and_no_others()
    {
        string[] files = FilesIn(ModuleHost.StageFolder);

        string[] expected = [.. SharedFiles, .. CoreFiles, .. HasBothBuilds ? DesktopFiles : []];
        Assert.Equal(expected.Order(StringComparer.Ordinal), files.Intersect(expected).Order(StringComparer.Ordinal));
        Assert.Empty(files.Except([.. SharedFiles, .. CoreFiles, .. DesktopFiles]));
    }

    [Fact]
    public void Staged_assemblies_are_the_ones_that_these_tests_run()
    {
        foreach (var assembly in new[] { typeof(GetDcsBackupLinkCommand).Assembly, typeof(DownloadLink).Assembly })
        {
            string staged = Path.Combine(
                ModuleHost.StageFolder, "bin", ModuleHost.ModuleFramework, assembly.GetName().Name + ".dll");
            Assert.Equal(Hash(assembly.Location), Hash(staged));
        }
    }

    // Windows PowerShell has what the .NET Framework has, and the resolve hook takes no file from anywhere else.
    [Fact]
    public void Build_for_Windows_PowerShell_brings_all_that_it_refers_to()
    {
        Assert.SkipUnless(HasBothBuilds, "That build is made by the other project.");
        string[] files = Directory.GetFiles(Path.Combine(ModuleHost.StageFolder, "bin", "netstandard2.0"));

        var missing = files.SelectMany(References).Distinct().Except(files.Select(Path.GetFileNameWithoutExtension));

        Assert.Equal(["System.Management.Automation", "netstandard"], missing.Order(StringComparer.Ordinal));

        static string?[] References(string file)
        {
            using var assembly = new PEReader(File.OpenRead(file));
            var metadata = assembly.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(
                handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        }
    }

    [Fact]
    public void Checkout_is_imported_as_it_is_too()
    {
        using var runspace = RunspaceFactory.CreateRunspace(EngineState.Create());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);

        var module = shell.AddScript("Import-Module $args[0] -PassThru -ErrorAction Stop")
            .AddArgument(Path.Combine(Checkout.Root, "BackupLinks.psd1")).Invoke<PSModuleInfo>().Single();

        Assert.Equal(Checkout.Root, module.ModuleBase);
        Assert.Contains("Save-BackupFile", module.ExportedCmdlets.Keys);
        // The same files as those that ship.
        foreach (string file in SharedFiles.Concat(CoreFiles))
            Assert.Equal(Hash(Path.Combine(ModuleHost.StageFolder, file)), Hash(Path.Combine(Checkout.Root, file)));
    }

    [Fact]
    public void Package_holds_the_staged_files_and_what_the_manifest_says()
    {
        Assert.SkipUnless(HasBothBuilds, "The package is made with the tests for Windows PowerShell's build.");
        using var package = ZipFile.OpenRead(
            Path.Combine(Checkout.Root, "out", $"BackupLinks.{ModuleHost.ModuleVersion}.nupkg"));

        // The rest is the container's.
        var files = package.Entries.Where(entry =>
            entry.FullName is not ("[Content_Types].xml" or "BackupLinks.nuspec")
            && !entry.FullName.StartsWith("_rels/", StringComparison.Ordinal)
            && !entry.FullName.StartsWith("package/", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            SharedFiles.Concat(CoreFiles).Concat(DesktopFiles).Order(StringComparer.Ordinal),
            files.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var entry in files)
        {
            using var content = entry.Open();
            Assert.Equal(
                Hash(Path.Combine(ModuleHost.StageFolder, entry.FullName)),
                Convert.ToHexString(SHA256.HashData(content)));
        }

        using var host = new ModuleHost();
        var manifest = (PSModuleInfo)Assert.Single(
            host.Run(
                "Test-ModuleManifest $args[0]",
                Path.Combine(ModuleHost.StageFolder, "BackupLinks.psd1")).Output).BaseObject;
        using var text = package.GetEntry("BackupLinks.nuspec")!.Open();
        var metadata = XDocument.Load(text).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal("BackupLinks", Value("id"));
        Assert.Equal(manifest.Version.ToString(), Value("version"));
        Assert.Equal(manifest.Description, Value("description"));
        Assert.Equal(manifest.ReleaseNotes, Value("releaseNotes"));
        string[] cmdlets = [.. manifest.ExportedCmdlets.Keys.SelectMany(
            name => new[] { "PSCmdlet_" + name, "PSCommand_" + name })];
        Assert.Equal(
            new[] { "PSModule", "PSIncludes_Cmdlet" }.Concat(manifest.Tags).Concat(cmdlets).Order(
                StringComparer.Ordinal),
            Value("tags").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(metadata.Elements(), element => element.Name.LocalName == "dependencies");
    }

    private static string[] FilesIn(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(
            file => Path.GetRelativePath(folder, file).Replace('\\', '/'))];

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
