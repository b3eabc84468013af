using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Formats;
using BackupLinks.Formatting;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>What an operator sees at the prompt.</summary>
public sealed class OperatorTests : SaveTest
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, "expired")]
    [InlineData(0.2, "1 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(299.6, "5 min 0 s")]
    [InlineData(3599.9, "1 h 0 min")]
    [InlineData(3540, "59 min")]
    [InlineData(3569, "59 min")]
    [InlineData(3571, "1 h 0 min")]
    [InlineData(86399, "24 h 0 min")]
    [InlineData(259100, "3 d 0 h")]
    public void Time_left_is_to_the_nearest_of_its_unit(double seconds, string expected) =>
        Assert.Equal(expected, Display.TimeLeft(Now.AddSeconds(seconds), Now));

    [Fact]
    public void Choices_of_an_output_are_words()
    {
        var result = Run(
            $"Get-CdsInstance @o | Get-CdsBackup @o | Get-CdsBackupDownload @o -OutVariable link | Save-BackupFile "
                + $"-Destination '{Folder}'; $link");

        result.AssertSilent();
        Assert.Equal("Saved", result.Output[0].Properties["Status"].Value);
        Assert.Equal("Public", result.Output[1].Properties["Network"].Value);
        // ConvertTo-Json writes the number of an enumeration's member.
        Type[] others = [typeof(SavedBackupFile), typeof(BackupFileReport), typeof(BackupLayer)];
        foreach (var type in LinkCommand.All.Select(command => command.LinkType).Concat(others))
            Assert.DoesNotContain(type.GetProperties(), property => property.PropertyType.IsEnum);
    }

    [Fact]
    public void Newest_log_of_each_shard_that_can_be_downloaded_is_found()
    {
        for (int day = 1; day <= 3; day++)
            Server.Cloud.AddDcsLog("i", "l" + day, new("b", $"run-{day}.log", 1), new DateTime(2026, 3, day));
        Server.Cloud.AddDcsInstance("none", "none");

        var result = Run(
            "Get-DcsLog @h i -Latest; Get-DcsLog @h i -Latest -Until 2026-03-02; Get-DcsLog @h i -Status FAILED; "
                + "Get-DcsLog @h none -Latest");

        Assert.Equal(["l3", "l2"], result.Output.Select(item => item.Properties["LogId"].Value));
        Assert.Equal(["Instance 'none' has no log that can be downloaded."], result.Warnings);
    }

    [Theory]
    [InlineData("Get-RdsBackupLink", "Get-RdsBackupFile")]
    [InlineData("Get-DdsBackupLink", "Get-DdsBackupFile")]
    [InlineData("Get-CdsBackupLink", "Get-CdsBackupDownload")]
    public void Command_has_the_name_that_people_look_for_too(string alias, string command)
    {
        Assert.Equal(
            command, Assert.IsType<AliasInfo>(
                Assert.Single(Module.Run($"Get-Command {alias}").Output).BaseObject).Definition);
        string call = LinkCommand.All.Single(link => link.Name == command).Call;

        Assert.NotEmpty(Run(call.Replace(command, alias)).Output);
    }

    [Theory]
    [InlineData("Get-DcsBackup ")]
    [InlineData("Get-DcsBackup -InstanceId ")]
    [InlineData("Get-DcsBackupLink i ")]
    [InlineData("Get-DcsBackupLink -BackupId b")]
    [InlineData("Get-DcsLogLink -InstanceId i -LogId ")]
    [InlineData("Get-RdsBackupFile ")]
    [InlineData("Get-CdsBackupDownload -InstanceId ")]
    [InlineData("Get-DdsBackupFile -InstanceId ")]
    [InlineData("Get-DcsInstance ")]
    [InlineData("Get-RdsInstance -InstanceId ")]
    [InlineData("Get-RdsInstance -ProjectId ")]
    public void Tab_offers_no_file_where_an_id_is_wanted(string line)
    {
        var result = Module.Run(
            "(TabExpansion2 -inputScript $args[0] -cursorColumn $args[0].Length).CompletionMatches", line);

        Assert.DoesNotContain(
            result.Output,
            item => ((CompletionResult)item.BaseObject).ResultType is CompletionResultType.ProviderItem
                or CompletionResultType.ProviderContainer);
    }

    [Fact]
    public void WhatIf_has_the_size_of_each_file_and_the_total()
    {
        Module.Run("$WhatIfPreference = $false");
        object[] rows = [Row(Put("a.rdb", 2 * 1024 * 1024), 2 * 1024 * 1024),
        Row(Put("b.rdb", 1024 * 1024), 1024 * 1024), Row(Put("c.rdb", 5))];

        var result = Module.Run("param($links, $d) $links | Save-BackupFile -Destination $d -WhatIf", rows, Folder);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Matches(
            @"What if: Performing the operation ""Save http://\S+/a\.rdb \(2\.0 MiB\)"" on target "".*a\.rdb""\.",
            Module.Screen);
        Assert.Contains("What if: 3 files would be saved, 3.0 MiB in total, without 1 of unknown size.", Module.Screen);
        Assert.DoesNotContain("Signature", Module.Screen);
        Assert.Empty(StoreRequests);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public async Task Stopped_download_says_what_its_partial_file_is()
    {
        var item = Put("big.rdb", 3L * Segment);
        Fault(new ObjectFault { StallAfter = Segment / 2 });
        // With a character that turns the rest of a line around.
        string folder = Path.Combine(Folder, "in\u202Eside");
        using var shell = PowerShell.Create(Module.Runspace);
        shell.AddScript("param($link, $d) $link | Save-BackupFile -Destination $d").AddArgument(Row(item)).AddArgument(
            folder);
        shell.BeginInvoke();
        Assert.True(
            SpinWait.SpinUntil(
                () => new FileInfo(Path.Combine(folder, "big.rdb.partial")) is { Exists: true, Length: > 0 },
                TestTimeout.Hang));

        await shell.StopAsync(null, null).WaitAsync(TestTimeout.Hang);
        Assert.True(SpinWait.SpinUntil(() => Module.Screen.Length > 0, TestTimeout.Hang), "nothing is on the screen");

        Assert.Contains("big.rdb.partial' is an unfinished file; run the same command again to resume", Module.Screen);
        Assert.DoesNotContain('\u202E', Module.Screen);
    }

    [Fact]
    public void Link_back_from_CliXml_is_an_address_too()
    {
        var item = Put("a.rdb", 1000);
        var link = Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId}").Output[0];
        var copy = PSSerializer.Deserialize(PSSerializer.Serialize(link, 2));

        var result = Module.Run(
            "param($link, $row, $d) Save-BackupFile -Uri $link -FileName one.rdb -Destination $d; "
                + "Save-BackupFile -Uri $row -FileName two.rdb -Destination $d",
            copy,
            Row(item),
            Folder);

        Assert.Empty(result.Errors);
        Assert.Equal(["one.rdb", "two.rdb"], result.Output.Select(file => ((SavedBackupFile)file.BaseObject).Name));
        Assert.DoesNotContain(StoreRequests, request => request.Status == 403);
    }

    [Fact]
    public void Second_copy_in_one_session_is_an_error_that_says_what_to_do()
    {
        string copy = Path.Combine(Folder, "BackupLinks");
        string stage = Path.GetDirectoryName(ModuleHost.ManifestPath)!;
        foreach (string file in Directory.GetFiles(stage, "*", SearchOption.AllDirectories))
        {
            string place = Path.Combine(copy, Path.GetRelativePath(stage, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }

        var result = Module.Run("Import-Module $args[0]", Path.Combine(copy, "BackupLinks.psd1"));

        Assert.Contains("another copy is loaded: use that one, or import this one in a new session", result.AllText);
    }
}
