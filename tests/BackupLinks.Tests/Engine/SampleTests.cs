using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.SandboxCloud;

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
}
