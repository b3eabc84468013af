using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>The runbooks in samples/, as a scheduler starts them.</summary>
public sealed class SampleTests : RunbookTest
{
    [Fact]
    public void Fleet_runbook_touches_no_file_of_others()
    {
        Prepare();
        string manifest = Path.Combine(Folder, "mine.jsonl");
        File.WriteAllText(manifest, "mine");

        var result = Module.Run(
            "param($script, $folder, $manifest) & $script -HostName store1 -Destination $folder -ManifestPath "
                + "$manifest 2>$null; $LASTEXITCODE",
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
            "param($script, $folder, $manifest) & $script -HostName 'store1,store2' -Destination $folder "
                + "-ManifestPath $manifest; $LASTEXITCODE; $calls",
            Path.Combine(Samples, "fleet.ps1"), Folder, manifest);

        // The newest backup of the sandbox's instance failed: the night is not green, and the good one is saved.
        Assert.Equal("NewerBackupFailed", Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(
            [1, "store1", "store2"],
            result.Output.Where(item => item.BaseObject is not SavedBackupFile).Select(item => item.BaseObject));
        var saved = result.Output.Select(item => item.BaseObject).OfType<SavedBackupFile>().ToArray();
        Assert.True(saved.Length >= 2);
        Assert.All(saved, file => Assert.Equal(Server.Cloud.FindObject(new Uri(file.Source))!.Sha256, file.Sha256));
        Assert.Equal(
            ["store1", "store2"],
            saved.Select(file => Path.GetFileName(Path.GetDirectoryName(file.Path)!)).Distinct().Order());
        Assert.Equal(saved.Length, saved.Select(file => file.Source).Distinct().Count());
        Assert.False(File.Exists(manifest));
    }

    [Fact]
    public void Fleet_runbook_of_a_good_night_ends_with_0()
    {
        Prepare();
        Server.Cloud.AddDcsBackup(
            DcsInstanceId, "newest", "n/", [new("bucket", "n/1.rdb", 1000)],
            new() { CreatedAt = DateTimeOffset.UtcNow.AddMinutes(-5) });

        var result = Module.Run(
            "param($script, $folder, $manifest) $null = & $script -HostName store1 -Destination $folder "
                + "-ManifestPath $manifest; $LASTEXITCODE",
            Path.Combine(Samples, "fleet.ps1"), Folder, Path.Combine(Folder, "links.jsonl"));

        Assert.Empty(result.Errors);
        Assert.Equal(0, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void Fleet_runbook_says_by_its_exit_code_that_a_machine_was_not_reached()
    {
        Prepare();
        string manifest = Path.Combine(Folder, "links.jsonl");

        var result = Module.Run(
            "param($script, $folder, $manifest) & $script -HostName nowhere -Destination $folder -ManifestPath "
                + "$manifest 2>$null; $LASTEXITCODE",
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
    public void Pods_of_the_Kubernetes_job_save_each_the_part_of_its_index()
    {
        Prepare();
        Server.Cloud.AddDcsBackup(
            DcsInstanceId, "four", "four/",
            [.. Enumerable.Range(0, 5).Select(i => new SandboxObject("bucket", $"four/{i}.rdb", 1000 + i))],
            new() { CreatedAt = DateTimeOffset.UtcNow.AddMinutes(-5) });
        var results = Enumerable.Range(0, 4).Select(RunPod).ToArray();

        Assert.Equal([0, 0, 0, 0], results.Select(result => result.ExitCode));
        string[] paths = [.. results.SelectMany(result => result.Paths)];
        Assert.Equal(5, paths.Distinct().Count());
        Assert.Equal(5, paths.Length);
        Assert.All(
            paths, path => Assert.Equal(Path.Combine(Folder, "night", DcsInstanceId), Path.GetDirectoryName(path)));
        // One list for all.
        Assert.Single(Server.Requests, request => request.Target.Contains("/links"));
    }

    [Fact]
    public void Pod_that_made_the_manifest_says_what_is_not_in_it()
    {
        Prepare();
        Server.Cloud.AddDcsInstance("empty", "empty");

        var first = RunPod(0);
        var second = RunPod(1);

        Assert.Equal((1, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("'empty'", first.Output);
    }

    [Fact]
    public void Task_of_Windows_tries_again_after_75_and_passes_other_exit_codes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for pwsh is a script of the shell.");
        Prepare();
        string shell = Path.Combine(Folder, "it's pwsh");
        string calls = Path.Combine(Folder, "calls");
        File.WriteAllText(
            shell, $"#!/bin/sh\nprintf '%s|' \"$@\" >> '{calls}'\nprintf '\\n' >> '{calls}'\n[ $(wc -l < '{calls}') "
                + "-lt 3 ] && exit 75\nexit 1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(shell, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string text = File.ReadAllText(Path.Combine(Samples, "Register-NightlyTask.ps1"))
            .Replace("#Requires -RunAsAdministrator", "").Replace(
                "Join-Path $PSScriptRoot 'nightly.ps1'", "'nightly.ps1'");

        var result = Module.Run(
            $$"""
            param($text, $shell, $config)
            function Resolve-Path { param($LiteralPath) @{ ProviderPath = $LiteralPath } }
            function Get-Process { param($Id) @{ Path = $shell } }
            function New-ScheduledTaskAction { param($Execute, $Argument) $Argument }
            function New-ScheduledTaskTrigger { param([switch] $Daily, $At, $RandomDelay) }
            function New-ScheduledTaskSettingsSet {
                param(
                    [switch] $StartWhenAvailable, $MultipleInstances, $ExecutionTimeLimit,
                    [switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries)
            }
            function Register-ScheduledTask {
                param($TaskName, $Action, $Trigger, $Settings, $User, $Password, [switch] $Force)
                $Action
            }
            function Start-Sleep { param($Seconds) "waited $Seconds" }
            $credential = [pscredential]::new('backups', [securestring]::new())
            $argument = & ([scriptblock]::Create($text)) -ConfigPath $config -Credential $credential
            $command = [System.Text.Encoding]::Unicode.GetString(
                [System.Convert]::FromBase64String(($argument -split ' ')[-1]))
            & ([scriptblock]::Create($command.Replace('exit $LASTEXITCODE', '$LASTEXITCODE')))
            """,
            text, shell, @"D:\it's here\nightly.psd1");

        Assert.Empty(result.Errors);
        Assert.Equal(["waited 900", "waited 900", 1], result.Output.Select(item => item.BaseObject));
        Assert.Equal(
            Enumerable.Repeat(
                @"-NoProfile|-NonInteractive|-File|nightly.ps1|-ConfigPath|D:\it's here\nightly.psd1|", 3),
                File.ReadAllLines(calls));
    }

    // A registry, a path or an account of the machine that a sample was written on is no use elsewhere.
    [Fact]
    public void Samples_name_no_host_but_those_that_are_set_aside_for_examples()
    {
        foreach (string file in Directory.GetFiles(Samples, "*", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            Assert.DoesNotMatch(@"/home/|/tmp/\w|/work/|C:\\Users", text);
            // RFC 2606 sets .example aside.
            Assert.All(
                Regex.Matches(text, @"\b[\w-]+(\.[\w-]+)*/backuplinks:[\w.]+"),
                image => Assert.StartsWith("registry.example/", image.Value));
            Assert.DoesNotMatch(@"\b(docker\.io|mcr\.microsoft\.com|ghcr\.io|quay\.io|gcr\.io)\b", text);
        }
    }

    [Theory]
    [InlineData("nightly.ps1", "-ConfigPath $folder/nightly.psd1", 2)]
    [InlineData("fleet.ps1", "-Destination $folder -HostName nowhere", 1)]
    public void Runbook_loads_the_module_that_it_came_with_or_else_the_installed_one_and_says_when_there_is_none(
        string name, string arguments, int exitCode)
    {
        Prepare(withVault: false);
        string copy = Path.Combine(Folder, "samples", name), manifest = Path.Combine(Folder, "BackupLinks.psd1");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Path.Combine(Samples, name), copy);
        WriteConfig(null);

        Assert.Equal((exitCode, "BackupLinks"), Run());
        File.WriteAllText(manifest, "@{ ModuleVersion = '1.0' }");
        Assert.Equal((exitCode, manifest), Run());
        if (name == "nightly.ps1")
            Assert.Equal(["ModuleUnavailable all", "ModuleUnavailable all"], Troubles(Events()));

        (int ExitCode, string Module) Run()
        {
            var result = Module.Run(
                $$"""
                param($script, $folder)
                function Get-Module { }
                function Import-Module { [CmdletBinding()] param($Name) $global:wanted = $Name; throw 'There is none' }
                $null = & $script {{arguments}} 2>&1
                $LASTEXITCODE
                $wanted
                """,
                copy, Folder);
            string module = result.Output[1].ToString();
            return ((int)result.Output[0].BaseObject, module == "BackupLinks" ? module : Path.GetFullPath(module));
        }
    }

    [Fact]
    public void Units_of_systemd_refer_to_what_is_there()
    {
        string folder = Path.Combine(Samples, "systemd");
        string[] service = File.ReadAllLines(Path.Combine(folder, "backuplinks-nightly.service"));

        Assert.Contains("OnFailure=backuplinks-alert@%n.service", service);
        Assert.True(File.Exists(Path.Combine(folder, "backuplinks-alert@.service")));
        Assert.Contains("RestartForceExitStatus=75", service);
        Assert.Contains("RestartPreventExitStatus=1 2", service);
        Assert.Contains("Restart=no", service);
        string script = File.ReadAllText(Path.Combine(Samples, "nightly.ps1"));
        string pattern = script.Split("$variable -match '")[1].Split('\'')[0];
        Assert.All(
            service.Where(line => line.StartsWith("LoadCredential=", StringComparison.Ordinal)),
            line => Assert.Matches(pattern, line.Split('=', ':')[1]));
        Assert.DoesNotContain(service, line => line.StartsWith("EnvironmentFile", StringComparison.Ordinal));
    }

    [Fact]
    public void Night_in_a_pod_prepares_no_volume_and_remembers_the_one_before()
    {
        string night = File.ReadAllText(Path.Combine(Samples, "kubernetes", "nightly.yaml"));
        string once = File.ReadAllText(Path.Combine(Samples, "kubernetes", "initialize.yaml"));

        Assert.DoesNotContain("-Initialize", night);
        Assert.Matches(@"name: STATE_DIRECTORY\s+value: /state\b", night);
        Assert.Matches(@"name: state\s+mountPath: /state\b", night);
        Assert.Contains("kind: Job\n", once.ReplaceLineEndings("\n"));
        Assert.Contains("- -Initialize", once);
    }

    private (int ExitCode, string[] Paths, string Output) RunPod(int index)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Samples, "kubernetes", "indexed-job.yaml"));
        int exitCode = 0;
        var output = new List<string>();
        var paths = new List<string>();
        foreach (int start in Enumerable.Range(0, lines.Length).Where(i => lines[i].Trim() == "- |").Select(i => i + 1))
        {
            string script =
                string.Join(
                    '\n', lines.Skip(start).TakeWhile(
                        line => line.StartsWith(new string(' ', 18), StringComparison.Ordinal)))
                .Replace("/backups", Folder).Replace("$env:JOB_NAME", "night").Replace(
                    "'$env:JOB_COMPLETION_INDEX'", "$env:JOB_COMPLETION_INDEX")
                .Replace("$env:JOB_COMPLETION_INDEX", $"'{index}'").Replace("exit [int]", "[int]");
            var result = Module.Run(script);
            Assert.Null(result.Thrown);
            AssertNoSignature(result);
            paths.AddRange(
                result.Output.Select(item => item.BaseObject).OfType<SavedBackupFile>().Select(file => file.Path));
            output.AddRange(result.Output.Select(item => $"{item}"));
            exitCode = (result.Output.Count > 0 ? result.Output[^1].BaseObject as int? : null) ?? exitCode;
        }

        return (exitCode, [.. paths], string.Join('\n', output));
    }
}
