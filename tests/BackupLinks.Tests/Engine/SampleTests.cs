using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Security.Cryptography;
using System.Text.Json;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.SandboxCloud;

namespace BackupLinks.Tests.Engine;

/// <summary>The runbooks in samples/, as a scheduler starts them.</summary>
public sealed class SampleTests : SaveTest
{
    private static readonly string Samples = Path.Combine(Checkout.Root, "samples");

    // What the bare engine lacks of the commands that runbooks use. A remote machine is a scope of its own.
    private const string Commands = """
        function global:Join-Path { param($Path, $ChildPath) [System.IO.Path]::Combine($Path, $ChildPath) }
        function global:Get-Date { param($Format) [datetime]::Now.ToString($Format) }
        function global:New-Item { param($ItemType, $Path, [switch] $Force) [System.IO.Directory]::CreateDirectory($Path) }
        function global:Write-Error { [CmdletBinding()] param($ErrorRecord) $PSCmdlet.WriteError($ErrorRecord) }
        function global:Test-Path { param($LiteralPath) [System.IO.File]::Exists($LiteralPath) }
        function global:Remove-Item { param($LiteralPath) [System.IO.File]::Delete($LiteralPath) }
        function global:Add-Content { param($LiteralPath, $Value) [System.IO.File]::AppendAllText($LiteralPath, "$Value`n") }
        function global:ConvertTo-Json { param([Parameter(Position = 0)] $InputObject, [switch] $Compress)
            $pairs = [System.Collections.Generic.Dictionary[string, object]]::new()
            foreach ($key in $InputObject.Keys) { $pairs[$key] = $InputObject[$key] -is [PSObject] ? $InputObject[$key].PSObject.BaseObject : $InputObject[$key] }
            [System.Text.Json.JsonSerializer]::Serialize($pairs, $pairs.GetType(), [System.Text.Json.JsonSerializerOptions]::Default)
        }
        function global:Group-Object { param($Property, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $groups = [ordered]@{} }
            process { if (-not $groups.Contains("$($InputObject.$Property)")) { $groups["$($InputObject.$Property)"] = [System.Collections.Generic.List[object]]::new() }; $groups["$($InputObject.$Property)"].Add($InputObject) }
            end { foreach ($name in $groups.Keys) { [pscustomobject]@{ Name = $name; Group = $groups[$name].ToArray() } } }
        }
        $global:calls = [System.Collections.Generic.List[string]]::new()
        function global:Invoke-Command { param($HostName, $UserName, $ArgumentList, [scriptblock] $ScriptBlock, [switch] $AsJob)
            if ($HostName -eq 'nowhere') { throw 'One or more computer names are not valid.' }
            $calls.Add($HostName)
            $links = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@($ArgumentList[0]), 1))
            [pscustomobject]@{ Script = $ScriptBlock; Arguments = $links, [System.IO.Path]::Combine($ArgumentList[1], $HostName) }
        }
        function global:Receive-Job { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $Job, [switch] $Wait, [switch] $AutoRemoveJob)
            process { function Import-Module { }; & $Job.Script $Job.Arguments[0] $Job.Arguments[1] }
        }
        """;

    [Fact]
    public void Nightly_runbook_saves_the_newest_backups_and_logs_what_it_did()
    {
        Prepare();

        var (exitCode, _) = RunNightly("'Dcs, Rds,Cds'");

        var events = Events();
        Assert.Equal(0, exitCode);
        Assert.Equal("started", Text(events[0], "event"));
        Assert.Equal(("finished", 0, 0), (Text(events[^1], "event"), events[^1].GetProperty("failed").GetInt32(), events[^1].GetProperty("exitCode").GetInt32()));
        var saved = events.Where(item => Text(item, "event") == "saved").ToArray();
        Assert.NotEmpty(saved);
        Assert.Equal(events[^1].GetProperty("saved").GetInt32(), saved.Length);
        Assert.All(saved, file => Assert.Equal(Text(file, "sha256"), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Text(file, "path"))))));
        Assert.All(saved, file => Assert.Equal(Text(file, "instance"), Path.GetFileName(Path.GetDirectoryName(Text(file, "path")))));
        Assert.All(saved, file => Assert.StartsWith(Path.Combine(Folder, DateTime.Now.ToString("yyyy-MM")), Text(file, "path")));
        Assert.All(saved, file => Assert.NotEmpty(Text(file, "backup")));

        // Once more, nothing has to come again.
        Assert.Equal(0, RunNightly("Dcs, Rds, Cds").ExitCode);
        Assert.Equal(saved.Length, Events().Count(item => Text(item, "event") == "saved" && Text(item, "status") == "AlreadyPresent"));
    }

    [Fact]
    public void Nightly_runbook_tries_what_was_not_saved_once_more()
    {
        Prepare();
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Count = 1, Status = 403, ContentType = "application/xml", Body = "<Error><Code>AccessDenied</Code><Message>No</Message></Error>" });
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Count = 1, Status = 404, ContentType = "application/xml", Body = "<Error><Code>NoSuchKey</Code></Error>" });

        var (exitCode, result) = RunNightly("Cds");

        Assert.Equal(0, exitCode);
        Assert.NotEmpty(result.Errors);
        Assert.Contains(Events(), item => Text(item, "event") == "saved");
    }

    [Fact]
    public void Nightly_runbook_says_what_failed_and_without_a_signature()
    {
        Prepare();
        Server.Faults.Add(new SandboxFault { Path = "/obs/", Status = 404, ContentType = "application/xml", Body = "<Error><Code>NoSuchKey</Code></Error>" });

        var (exitCode, result) = RunNightly("Rds");

        Assert.Equal(2, exitCode);
        var failed = Events().Where(item => Text(item, "event") == "failed").ToArray();
        Assert.NotEmpty(failed);
        Assert.All(failed, item => Assert.Equal("NotFound", Text(item, "id")));
        Assert.DoesNotContain("Signature", File.ReadAllText(Log));
        AssertNoSignature(result);
    }

    [Fact]
    public void Nightly_runbook_is_not_content_with_nothing()
    {
        Prepare();

        Assert.Equal(2, RunNightly("','").ExitCode);
    }

    [Fact]
    public void Nightly_runbook_ends_with_2_when_nothing_could_start()
    {
        Prepare(withVault: false);

        Assert.Equal(2, RunNightly("Dcs").ExitCode);

        var events = Events();
        Assert.Equal(["started", "failed", "finished"], events.Select(item => Text(item, "event")));
        Assert.Equal("CredentialNotFound", Text(events[1], "id"));
    }

    [Theory]
    [InlineData("Dcs, Xyz")]
    [InlineData("Xyz, Dcs")]
    public void Nightly_runbook_saves_what_it_can_when_one_service_cannot_start(string services)
    {
        Prepare();

        var (exitCode, _) = RunNightly(services);

        Assert.Equal(1, exitCode);
        var events = Events();
        var failed = Assert.Single(events, item => Text(item, "event") == "failed");
        Assert.Contains("'Xyz'", Text(failed, "message"));
        Assert.Equal("ArgumentException", Text(failed, "id"));
        Assert.Contains(events, item => Text(item, "event") == "saved");
    }

    [Fact]
    public void Nightly_runbook_tries_a_file_once_more_and_keeps_files_of_one_name_apart()
    {
        Prepare();
        SandboxObject[] items = [new("bucket", "a/0.rdb", 1000), new("bucket", "b/0.rdb", 2000)];
        for (int i = 0; i < items.Length; i++)
        {
            Server.Cloud.AddDcsInstance($"more-{i}", $"more-{i}");
            Server.Cloud.AddDcsBackup($"more-{i}", $"backup-{i}", "x/", [items[i]]);
        }

        Server.Faults.Add(new SandboxFault { Path = "b/0.rdb", Count = 1, Status = 404, ContentType = "application/xml", Body = "<Error><Code>NoSuchKey</Code></Error>" });

        Assert.Equal(0, RunNightly("Dcs").ExitCode);

        string[] hashes = [.. Events().Where(item => Text(item, "event") == "saved").Select(item => Text(item, "sha256"))];
        Assert.All(items, item => Assert.Contains(item.Sha256, hashes));
    }

    [Fact]
    public void Fleet_runbook_touches_no_file_of_others()
    {
        Prepare();
        string manifest = Path.Combine(Folder, "mine.jsonl");
        File.WriteAllText(manifest, "mine");

        var result = Module.Run(
            "param($script, $folder, $manifest) & $script -HostName store1 -Destination $folder -ManifestPath $manifest 2>$null; $LASTEXITCODE",
            Path.Combine(Samples, "fleet.ps1"), Folder, manifest);

        Assert.Equal(1, Assert.Single(result.Output).BaseObject);
        Assert.Equal("mine", File.ReadAllText(manifest));
    }

    [Fact]
    public void Fleet_runbook_gives_each_machine_its_part_and_leaves_no_links_behind()
    {
        Prepare();
        string manifest = Path.Combine(Folder, "links.jsonl");

        var result = Module.Run(
            "param($script, $folder, $manifest) & $script -HostName 'store1,store2' -Destination $folder -ManifestPath $manifest; $LASTEXITCODE; $calls",
            Path.Combine(Samples, "fleet.ps1"), Folder, manifest);

        Assert.Empty(result.Errors);
        Assert.Equal([0, "store1", "store2"], result.Output.Where(item => item.BaseObject is not SavedBackupFile).Select(item => item.BaseObject));
        var saved = result.Output.Select(item => item.BaseObject).OfType<SavedBackupFile>().ToArray();
        Assert.True(saved.Length >= 2);
        Assert.All(saved, file => Assert.Equal(Server.Cloud.FindObject(new Uri(file.Source))!.Sha256, file.Sha256));
        Assert.Equal(["store1", "store2"], saved.Select(file => Path.GetFileName(Path.GetDirectoryName(file.Path)!)).Distinct().Order());
        Assert.Equal(saved.Length, saved.Select(file => file.Source).Distinct().Count());
        Assert.False(File.Exists(manifest));
    }

    [Fact]
    public void Fleet_runbook_says_by_its_exit_code_that_a_machine_was_not_reached()
    {
        Prepare();
        string manifest = Path.Combine(Folder, "links.jsonl");

        var result = Module.Run(
            "param($script, $folder, $manifest) & $script -HostName nowhere -Destination $folder -ManifestPath $manifest 2>$null; $LASTEXITCODE",
            Path.Combine(Samples, "fleet.ps1"), Folder, manifest);

        Assert.Equal(1, Assert.Single(result.Output).BaseObject);
        Assert.False(File.Exists(manifest));
    }

    [Theory]
    [InlineData("Register-NightlyTask.ps1")]
    [InlineData("nightly.ps1")]
    [InlineData("fleet.ps1")]
    public void Every_script_parses(string name)
    {
        Parser.ParseFile(Path.Combine(Samples, name), out _, out var errors);

        Assert.Empty(errors);
    }

    [Fact]
    public void Script_in_the_Kubernetes_job_saves_the_part_of_its_index()
    {
        Prepare();
        Module.Run(Commands + $"; Get-DcsBackupLink {DcsInstanceId} {DcsClusterBackupId} | Export-BackupLink $args[0]", Path.Combine(Folder, "links.jsonl"));
        string[] lines = File.ReadAllLines(Path.Combine(Samples, "kubernetes", "indexed-job.yaml"));
        string script = string.Join('\n', lines.SkipWhile(line => line.Trim() != "- |").Skip(1).TakeWhile(line => line.StartsWith(new string(' ', 14), StringComparison.Ordinal)))
            .Replace("/manifest/", Folder + "/").Replace("-Destination /backups", $"-Destination '{Folder}/'+$env:JOB_COMPLETION_INDEX").Replace("exit ", "");
        var names = new List<string>();
        for (int index = 0; index < 4; index++)
        {
            var result = Module.Run(script.Replace("$env:JOB_COMPLETION_INDEX", $"'{index}'").Replace($"'{Folder}/'+'{index}'", $"'{Folder}/{index}'"));

            Assert.Empty(result.Errors);
            Assert.Equal(0, result.Output[^1].BaseObject);
            names.AddRange(result.Output.Select(item => item.BaseObject).OfType<SavedBackupFile>().Select(file => Path.GetFileName(file.Path)));
        }

        Assert.Equal(3, names.Count);
        Assert.Equal(3, names.Distinct().Count());
    }

    private string Log => Path.Combine(Folder, "nightly.jsonl");

    private void Prepare(bool withVault = true)
    {
        Directory.CreateDirectory(Folder);
        Module.Run(Commands);
        if (!withVault)
            return;
        Module.AddVault("Operations", new Hashtable
        {
            ["HuaweiCloud"] = new Hashtable
            {
                ["AccessKey"] = OperatorKey.AccessKey, ["SecretKey"] = OperatorKey.SecretKey, ["Region"] = Region, ["Endpoint"] = Endpoint,
            },
            ["CapitalOnline"] = new Hashtable
            {
                ["AccessKey"] = CapitalOnlineKey.AccessKey, ["SecretKey"] = CapitalOnlineKey.SecretKey, ["Endpoint"] = Endpoint,
            },
        });
    }

    private (int ExitCode, RunResult Result) RunNightly(string services)
    {
        File.Delete(Log);
        var result = Module.Run(
            $"param($script, $folder) $null = & $script -Destination $folder -Service {services}; $LASTEXITCODE", Path.Combine(Samples, "nightly.ps1"), Folder);
        Assert.Null(result.Thrown);
        return ((int)result.Output[^1].BaseObject, result);
    }

    private JsonElement[] Events() => [.. File.ReadLines(Log).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
