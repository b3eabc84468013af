using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using BackupLinks.Links;
using BackupLinks.Sandbox;
using BackupLinks.Text;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// The invariant: whatever ids, names and responses hold, no error, warning, verbose line, progress or view carries a
/// character that a screen obeys instead of showing.
/// </summary>
public sealed class ScreenTests : SaveTest
{
    // With a control character, an id is refused here; without one, it goes to the provider.
    private const string Escape = "x\u001b[31m\u202E\u200By";
    private const string Invisible = "x\u202E\u2066\u200B\uFEFFy";

    public static TheoryData<string> Types =>
        [.. XDocument.Load(Path.Combine(ModuleHost.StageFolder, "bin", "BackupLinks.Format.ps1xml")).Descendants(
            "TypeName")
            .Select(name => name.Value).Where(name => !name.StartsWith("Deserialized.", StringComparison.Ordinal))
            .Distinct()];

    [Theory, MemberData(nameof(Types))]
    public void No_view_shows_what_a_screen_obeys(string type)
    {
        var item = new PSObject();
        item.TypeNames.Insert(0, "Deserialized." + type);
        foreach (var property in typeof(DownloadLink).Assembly.GetType(type)!.GetProperties())
            item.Properties.Add(new PSNoteProperty(property.Name, Escape));
        item.Methods.Add(new PSScriptMethod("ToString", ScriptBlock.Create($"'{Escape}'")));

        var result = Module.Run("$args[0] | Out-Default", item);

        Assert.Empty(result.Errors);
        AssertPrintable(Module.Screen);
        Assert.Contains("x[31my", Module.Screen);
    }

    [Theory]
    [InlineData(Escape)]
    [InlineData(Invisible)]
    public void No_command_writes_what_a_screen_obeys_about_its_input(string evil)
    {
        Module.AddVault("V", []);
        string links = string.Join("; ", LinkCommand.All.Select(
            command =>
                $"$row | {command.Name} {(command.IsHuaweiCloud ? "@h" : "@o")}; $row | {command.Name} -SecretName "
                    + $"$evil -Vault $evil; $row | {command.Name} -SecretName $evil"));

        var result = Run($$"""
            $VerbosePreference = $DebugPreference = 'Continue'
            $evil = '{{evil}}'
            $h.MaximumRetryCount = $o.MaximumRetryCount = 0
            $row = [pscustomobject] @{
                InstanceId = $evil; BackupId = $evil; LogId = $evil; Uri = "https://h.example/a"
                FileName = $evil; Size = $evil; SecretName = $evil; Vault = $evil
            }
            {{links}}
            Get-DcsInstance @h -InstanceId $evil; Get-DcsBackup @h $evil; Get-DcsBackup @h $evil -Latest
            Get-DcsLog @h $evil
            Get-RdsInstance @h -InstanceId $evil; Get-RdsBackup @h $evil; Get-RdsBackup @h $evil -Latest
            Get-CdsInstance @o -InstanceId $evil; Get-CdsBackup @o $evil; Get-CdsBackup @o $evil -Latest
            $h.Region = $evil; Get-DcsInstance @h
            $h.Endpoint = $evil; Get-DcsInstance @h
            Get-DcsInstance -ProjectId $evil -Endpoint $e -Credential $c -MaximumRetryCount 0
            $row | Save-BackupFile -Destination '{{Folder}}'
            $row | Export-BackupLink '{{Folder}}.jsonl'
            $evil | Save-BackupFile -Destination '{{Folder}}'
            Save-BackupFile -Uri $evil -Destination '{{Folder}}'
            [pscustomobject] @{ Uri = 'https://h.example/a'; Size = $evil } | Save-BackupFile -Destination '{{Folder}}'
            [pscustomobject] @{ Uri = 'https://h.example/a'; ExpectedHash = $evil } |
                Save-BackupFile -Destination '{{Folder}}'
            [pscustomobject] @{ Uri = 'http://198.51.100.7/a'; BackupId = $evil } |
                Save-BackupFile -Destination '{{Folder}}'
            Import-BackupLink "{{Folder}}/$evil"
            """);

        Assert.True(result.Errors.Count > 25, result.AllText);
        AssertPrintable(result);
    }

    [Fact]
    public void No_command_writes_what_a_screen_obeys_out_of_a_response()
    {
        string json = "x\\u001b[31m\\u202E\\u200By";
        string body = $$"""
            {"error_code":"{{json}}","error_msg":"{{json}}","request_id":"{{json}}",
            "Code":"{{json}}","Message":"{{json}}"}
            """;
        foreach (int status in new[] { 200, 400, 401, 403, 404, 409, 429, 500 })
        {
            Server.Faults.Clear();
            Server.Faults.Add(new SandboxFault { Status = status, Body = body });
            var result = Run(
                $"$VerbosePreference = 'Continue'; $h.MaximumRetryCount = $o.MaximumRetryCount = "
                    + $"0; {string.Join("; ", LinkCommand.All.Select(command => command.Call))}");
            Assert.True(result.Errors.Count >= LinkCommand.All.Count, result.AllText);
            AssertPrintable(result);
        }
    }

    [Fact]
    public void No_link_of_a_response_shows_what_a_screen_obeys()
    {
        Server.Faults.Add(new SandboxFault
        {
            Path = "/backups/",
            Status = 200,
            Body = """
                {"backup_id":"x\u001b[31m\u202Ey","bucket_name":"x\u001b[31m\u202Ey","file_path":"x\u001b[31m\u202Ey",
                "links":[{"file_name":"x\u001b[31m\u202Ey.rdb","link":"https://h.example/a"}]}
                """,
        });

        var result = Run(
            $"$link = Get-DcsBackupLink @h {DcsInstanceId} \"x$([char] 0x202e)y\"; $link | Out-Default; \"$link\"");

        Assert.Empty(result.Errors);
        AssertPrintable(Module.Screen + result.Output.Single());
    }

    [Fact]
    public void All_lines_for_people_go_through_one_place()
    {
        string[] lines = ["WriteWarning(", "WriteVerbose(", "WriteDebug(", "WriteInformation(", "new ErrorRecord("];
        string[] places = ["ScreenOutput.cs", "ErrorRecords.cs"];
        var others =
            Directory.EnumerateFiles(
                Path.Combine(Checkout.Root, "src", "BackupLinks"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !places.Contains(Path.GetFileName(file))
                    && !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar))
            .Where(file => File.ReadLines(file).Any(line => lines.Any(line.Contains)))
            .Select(Path.GetFileName);

        Assert.Empty(others);
    }

    [Fact]
    public void No_view_shows_a_property_past_the_function_that_cleans_it()
    {
        var view = XDocument.Load(Path.Combine(ModuleHost.StageFolder, "bin", "BackupLinks.Format.ps1xml"));

        Assert.Empty(view.Descendants("PropertyName"));
        Assert.All(
            view.Descendants("ScriptBlock"),
            script => Assert.StartsWith("[BackupLinks.Formatting.Display]::", script.Value));
    }

    private void AssertPrintable(RunResult result)
    {
        AssertPrintable(
            string.Join(
                "\n", [.. result.Warnings, .. result.Verbose, .. result.Progress.Select(record => record.ToString())]));
        AssertPrintable(string.Join("\n", result.Errors.Select(
            error => $"{error} {error.ErrorDetails} {error.CategoryInfo} {error.TargetObject} "
                + $"{error.FullyQualifiedErrorId}")));
        var shown = Module.Run(
            """
            param($errors)
            $errors | Out-Default
            $errors | ForEach-Object { $_.TargetObject | Out-Default }
            $ErrorView = 'NormalView'
            $errors | Out-Default
            """,
            [result.Errors.ToArray()]);
        Assert.Empty(shown.Errors);
        AssertPrintable(Module.Screen);
    }

    private static void AssertPrintable(string text)
    {
        int at = text.Where(c => c is not ('\r' or '\n')).Any(ScreenText.IsUnprintable)
            ? Enumerable.Range(0, text.Length).First(
                i => text[i] is not ('\r' or '\n') && ScreenText.IsUnprintable(text[i]))
            : -1;
        Assert.True(
            at < 0, at < 0
                ? "" : $"U+{(int)text[at]:X4} in: "
                + ScreenText.Printable(
                    text.Substring(Math.Max(0, at - 200), Math.Min(400, text.Length - Math.Max(0, at - 200)))));
    }
}
