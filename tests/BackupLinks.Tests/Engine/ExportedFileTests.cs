using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>The file that links are exported to.</summary>
public sealed class ExportedFileTests : ManifestTest
{
    [Fact]
    public void A_manifest_is_for_its_owner_only_also_while_it_is_written()
    {
        RequireModes();
        Directory.CreateDirectory(Folder);

        var result = Run(EveryLink + $$"""
            $links | ForEach-Object {
                $_
                foreach ($file in [System.IO.Directory]::GetFiles('{{Folder}}')) {
                    $global:modes += @([System.IO.File]::GetUnixFileMode($file))
                }
            } | Export-BackupLink '{{Manifest}}'
            $global:modes + [System.IO.File]::GetUnixFileMode('{{Manifest}}')
            """);

        Assert.True(result.Output.Count >= LinkCommand.All.Count);
        Assert.All(result.Output, mode => Assert.Equal("UserWrite, UserRead", mode.ToString()));
        Assert.Equal([Manifest], Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_when_its_successor_is_complete_and_not_with_NoClobber()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Manifest, "old");

        Run(EveryLink + $"$links[0] | Export-BackupLink '{Manifest}' -NoClobber").SingleError("FileExists");
        Assert.Equal("old", File.ReadAllText(Manifest));
        var broken = Run(
            EveryLink + $"$links | ForEach-Object {{ $_; throw 'stop' }} | Export-BackupLink '{Manifest}'");
        Assert.NotNull(broken.Thrown);
        Assert.Equal("old", File.ReadAllText(Manifest));
        Assert.Equal([Manifest], Directory.GetFiles(Folder));

        Run(EveryLink + $"$links[0] | Export-BackupLink '{Manifest}'");
        Assert.Single(File.ReadAllLines(Manifest));
        Assert.Equal([Manifest], Directory.GetFiles(Folder));
    }

    [Fact]
    public void Without_links_the_file_is_empty_and_a_warning_says_so()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Manifest, "of yesterday");

        var result = Module.Run("@() | Export-BackupLink $args[0]", Manifest);

        Assert.Contains("no links", Assert.Single(result.Warnings));
        Assert.Equal("", File.ReadAllText(Manifest));
        Assert.Empty(Import().Errors);
    }

    [Fact]
    public void A_manifest_is_not_replaced_by_nothing_but_errors()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Manifest, "of yesterday");

        var result = Module.Run("'no link' | Export-BackupLink $args[0]", Manifest);

        result.SingleError("InvalidLink");
        Assert.Contains("not written", Assert.Single(result.Warnings));
        Assert.Equal("of yesterday", File.ReadAllText(Manifest));
        Assert.Equal([Manifest], Directory.GetFiles(Folder));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Directory.CreateDirectory(Folder);

        Run(EveryLink + $"$links | Export-BackupLink '{Manifest}' -WhatIf").AssertSilent();

        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData("no-such-folder/links.jsonl", "DestinationUnavailable")]
    [InlineData("Function:/links.jsonl", "DestinationUnavailable")]
    [InlineData("/dev/null", "DestinationUnavailable")]
    public void A_path_where_no_file_can_be_ends_the_command(string path, string id)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && path.StartsWith('/'), "There is no such path.");

        var result = Module.Run("param($path, $link) $link | Export-BackupLink $path", path, Row(Put("dump.rdb", 10)));

        result.SingleError(id);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_stopped_export_leaves_nothing_behind()
    {
        Directory.CreateDirectory(Folder);
        using var shell = PowerShell.Create(Module.Runspace);
        using var reached = new ManualResetEventSlim();
        shell.AddScript(
            "param($link, $path, $reached) & { $link; $reached.Set(); "
                + "while ($true) { [System.Threading.Thread]::Sleep(10) } } | Export-BackupLink $path")
            .AddParameters(new object[] { Row(Put("dump.rdb", 10)), Manifest, reached });
        var running = shell.InvokeAsync();
        Assert.True(reached.Wait(TestTimeout.Hang, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Folder));

        await Task.Run(shell.Stop, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        Assert.Empty(Directory.GetFiles(Folder));
    }
}
