using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace BackupLinks.Tests.Engine;

/// <summary>A place for a file of links, and how tests read it.</summary>
public abstract class ManifestTest : SaveTest
{
    // The intranet's addresses lead to the same objects, so that there is one or the other.
    private protected static readonly string EveryLink =
        "$links = @("
            + string.Join("; ", LinkCommand.All.Select(
                command => command.Call + (command.Name == "Get-CdsBackupDownload" ? " -Network Intranet" : "")))
            + ")\n";

    private protected string Manifest => Path.Combine(Folder, "links.jsonl");

    private protected static void RequireModes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework knows no modes.");
    }

    private protected RunResult Import(string? path = null, string arguments = "") =>
        Module.Run($"Import-BackupLink $args[0] {arguments}", path ?? Manifest);

    private protected static string Line(Uri uri, string name) =>
        JsonSerializer.Serialize(new { Uri = uri.OriginalString, FileName = name });
}
