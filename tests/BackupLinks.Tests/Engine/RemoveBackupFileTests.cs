using System;
using System.IO;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Catalog.Status;
using BackupLinks.Files;
using BackupLinks.Tests.Core.Catalog;

namespace BackupLinks.Tests.Engine;

/// <summary>Remove-BackupFile through the engine. Which backups stay is tested in Core.</summary>
public sealed class RemoveBackupFileTests : IDisposable
{
    private readonly ModuleHost _module = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void What_no_rule_keeps_leaves_the_disk_and_the_catalog_with_its_folder()
    {
        Save(Day(1), Day(2), Day(3).Intact());

        var result = Remove("Remove-BackupFile $args[0] -KeepLast 2 -Confirm:$false");

        Assert.Empty(result.Output);
        Assert.Equal(["2/b2", "3/b3"], Files());
        Assert.False(Directory.Exists(Path.Combine(_folder, "1")));
        Assert.Equal(["b2", "b3"], Known());
        Assert.Empty(Remove("Remove-BackupFile $args[0] -KeepLast 2 -Confirm:$false").Output);
    }

    [Fact]
    public void PassThru_returns_each_file_with_its_reasons_oldest_first()
    {
        Save(Day(3).Intact(), Day(1), Day(2));

        var result = Remove(
            "Remove-BackupFile $args[0] -KeepLast 1 -KeepDaily 2 -KeepWithin 1h -Confirm:$false -PassThru");

        Assert.Equal(
            [
                ("1/b1", false, "no rule keeps it"), ("2/b2", true, "daily"),
                ("3/b3", true, "last, daily, within 1h, the newest that tested Intact"),
            ],
            Decisions(result));
    }

    [Fact]
    public void WhatIf_writes_nothing_and_says_the_total()
    {
        Save(Day(1), Day(2).Incremental(), Day(3).Intact());
        byte[] before = File.ReadAllBytes(CatalogPath);

        var result = Remove("Remove-BackupFile $args[0] -KeepLast 1 -WhatIf -PassThru");

        Assert.Equal(["1/b1", "2/b2", "3/b3"], Files());
        Assert.Equal(before, File.ReadAllBytes(CatalogPath));
        Assert.Equal([false, false, true], Decisions(result).Select(each => each.Keep));
        Assert.Contains("2 files would be removed, 26 B in total.", _module.Screen);
        Assert.Contains(
            "\"Remove 2 files (26 B)\" on target \"b1 of orders of 2026-01-01 00:00Z and 1 that hang on it\"",
            _module.Screen);
    }

    [Theory]
    [InlineData("", "NoRule")]
    [InlineData("-KeepLast 0 -KeepWithin 0h", "NoRule")]
    [InlineData("-KeepDaily -2", "NoRule")]
    [InlineData("-KeepDaily 1.5", "NoRule")]
    [InlineData("-KeepDaily $null", "NoRule")]
    [InlineData("-KeepWithin 7", "NoRule")]
    [InlineData("-KeepWithin 1w -KeepLast 1", "NoRule")]
    [InlineData("-All", "NoRule")]
    [InlineData("-All -InstanceId i1 -KeepLast 1", "AmbiguousParameterSet")]
    [InlineData("-KeepLast 1 -TimeZone Mars/Olympus", "ParameterArgumentTransformationError")]
    public void Without_a_valid_rule_nothing_is_done(string parameters, string error)
    {
        Save(Day(1), Day(2).Intact());

        var result = _module.Run($"Remove-BackupFile $args[0] {parameters} -Confirm:$false", _folder);

        result.SingleError(error);
        Assert.Equal(2, Files().Length);
    }

    [Theory]
    [InlineData("-KeepDaily 1")]
    [InlineData("-KeepDaily '1'")]
    [InlineData("-KeepWithin 1d")]
    [InlineData("-KeepWithin 1h1d")]
    [InlineData("-KeepWithin ([TimeSpan]::FromHours(20))")]
    [InlineData("-KeepWithinDaily 20:00:00")]
    public void Counts_and_durations_are_taken_as_they_are_typed(string rule)
    {
        Save(Day(1), Day(3).Intact());

        Remove($"Remove-BackupFile $args[0] {rule} -Confirm:$false");

        Assert.Equal(["3/b3"], Files());
    }

    [Fact]
    public void The_files_of_one_shard_go_by_the_command_that_the_state_of_its_instance_names()
    {
        Save(Day(1).Intact() with { Part = "a" }, Day(2).Intact() with { Part = "b" });

        Remove("Get-BackupFile $args[0] -InstanceId i1 | Where-Object Part -EQ 'b' | "
            + "Remove-BackupFile -InstanceId i1 -All -Confirm:$false");

        Assert.Equal(["1/b1"], Files());
    }

    [Fact]
    public void Unlimited_keeps_all()
    {
        Save(Day(1), Day(2), Day(3).Intact());

        Remove("$keep = @{ KeepDaily = 'Unlimited' }; Remove-BackupFile $args[0] @keep -Confirm:$false");
        Remove("Remove-BackupFile $args[0] -KeepLast -1 -Confirm:$false");

        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void Days_end_at_midnight_of_the_time_zone()
    {
        Save(At("2026-01-01T22:30Z"), At("2026-01-01T23:30Z").Intact());

        string berlin = TestZone.IdOf("Europe/Berlin");
        Remove($"Remove-BackupFile $args[0] -KeepDaily 2 -TimeZone '{berlin}' -Confirm:$false");
        Assert.Equal(2, Files().Length);

        Remove("Remove-BackupFile $args[0] -KeepDaily 1 -KeepHourly 1 -TimeZone UTC -Confirm:$false");
        Assert.Single(Files());
    }

    [Fact]
    public void Types_are_counted_separately_with_GroupBy()
    {
        Save(Day(1) with { Type = "manual" }, Day(2) with { Type = "auto" }, Day(3).Intact() with { Type = "auto" });

        Remove("Remove-BackupFile $args[0] -KeepLast 1 -GroupBy Instance, Type -Confirm:$false");

        Assert.Equal(["1/b1", "3/b3"], Files());
    }

    [Theory]
    [InlineData("[IO.FileInfo]($args[0] + '/1/b1'), [IO.FileInfo]($args[0] + '/2/b[2]') | Remove-BackupFile")]
    [InlineData("($args[0] + '/1/b1'), ($args[0] + '/2/b[2]') | Remove-BackupFile")]
    [InlineData("[pscustomobject]@{ Path = $args[0] + '/1/b1'; InstanceId = 'x' }, "
        + "[pscustomobject]@{ Path = $args[0] + '/2/b[2]' } | Remove-BackupFile")]
    [InlineData("Remove-BackupFile ($args[0] + '/1'), ($args[0] + '/2')")]
    [InlineData("Get-BackupFile $args[0] -Until 2026-01-02T12:00Z | Remove-BackupFile")]
    [InlineData("Remove-BackupFile (Get-BackupFile $args[0] -Until 2026-01-02T12:00Z)")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::"
        + "Serialize(@(Get-BackupFile $args[0] -Until 2026-01-02T12:00Z))) | Remove-BackupFile")]
    public void Rules_count_the_files_that_are_given(string command)
    {
        Save(Day(1), Day(2) with { FileName = "2/b[2]" }, Day(3), Day(4).Intact());

        var result = Remove($"{command} -KeepLast 1 -Confirm:$false -PassThru");

        Assert.Equal([("1/b1", false, "no rule keeps it"), ("2/b[2]", true, "last")], Decisions(result));
        Assert.Equal(["2/b[2]", "3/b3", "4/b4"], Files());
    }

    [Fact]
    public void Nothing_from_the_pipeline_is_not_the_current_folder()
    {
        Save(Day(1), Day(2).Intact());
        _module.Runspace.SessionStateProxy.Path.SetLocation(_folder);

        Remove("@() | Remove-BackupFile -KeepLast 1 -Confirm:$false");
        Assert.Equal(2, Files().Length);

        Remove("Remove-BackupFile -KeepLast 1 -Confirm:$false");
        Assert.Single(Files());
    }

    [Fact]
    public void Catalogs_of_folders_below_are_counted_together_with_Recurse()
    {
        foreach (int day in new[] { 1, 2, 3 })
            (Day(day) with { FileName = "a" }).Save(Path.Combine(_folder, $"{day}"));

        _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false", _folder).SingleError("FileNotFound");
        Remove("Remove-BackupFile $args[0] -Recurse -KeepLast 1 -Confirm:$false");

        Assert.Equal(["3/a"], Files());
        Assert.True(Directory.Exists(Path.Combine(_folder, "1", CatalogFolder.Name)));
    }

    [Fact]
    public void A_file_that_no_catalog_knows_is_told_and_stays()
    {
        Save(Day(1).Intact());
        File.WriteAllText(Path.Combine(_folder, "1", "notes.txt"), "x");

        var result = _module.Run(
            "Remove-BackupFile ($args[0] + '/1'), ($args[0] + '/1/notes.txt') -KeepLast 1 -Confirm:$false -PassThru",
            _folder);

        Assert.Equal("the catalog does not have it", Decisions(result).Last().Reason);
        Assert.StartsWith("The catalog does not have 1 file", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public void Backups_without_their_full_one_are_told_and_stay()
    {
        Save(Day(1).Log(), Day(2).Incremental(), Day(3).Intact());

        var result = _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false", _folder);

        Assert.Equal(
            "2 incremental backups or logs of instance 'orders' cannot be restored, because the full backup is not "
                + "there. No rule removes them.",
            Assert.Single(result.Warnings));
        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void An_entry_whose_file_is_missing_leaves_the_catalog_when_a_newer_one_is_intact()
    {
        Save(Day(1).Missing(), Day(2).Intact());

        var result = Remove("Remove-BackupFile $args[0] -KeepLast 5 -Confirm:$false -PassThru");

        Assert.Equal(("1/b1", false, "Missing, and b2 is newer and tested Intact"), Decisions(result)[0]);
        Assert.Equal(["b2"], Known());
    }

    [Fact]
    public void All_backups_of_an_instance_go_and_the_folder_of_the_catalog_stays()
    {
        Save(Day(1).Intact(), Day(2).Log(), Day(3).Damaged(), Day(4).Intact() with { Instance = "i2" });

        Remove("Remove-BackupFile $args[0] -InstanceId i1 -All -Confirm:$false");
        Assert.Equal(["4/b4"], Files());

        Remove("Remove-BackupFile $args[0] -InstanceId i2 -All -Confirm:$false");
        Assert.Empty(Files());
        Assert.True(File.Exists(CatalogPath));
        _module.Run("Remove-BackupFile $args[0] -InstanceId i2 -All -Confirm:$false", _folder).SingleError("NotFound");
    }

    [Fact]
    public void No_rule_removes_files_of_an_instance_that_is_gone()
    {
        Save(Day(1), Day(2).Intact(), Day(3).Intact() with { Instance = "i2" });
        new KnownInstances(_folder, Disk.Local).Write(
            [new KnownInstance(new InstanceIdentity("HuaweiCloud.Rds", "i1"), null, SavedFile.Parse("2026-02-01"))]);

        var result = Remove("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false -PassThru");

        Assert.Equal(3, Files().Length);
        Assert.Equal("its instance is gone", Decisions(result)[0].Reason);
    }

    [Fact]
    public void InstanceId_limits_the_rules_to_an_instance()
    {
        Save(Day(1), Day(2).Intact(), Day(3) with { Instance = "i2" }, Day(4).Intact() with { Instance = "i2" });

        Remove("Remove-BackupFile $args[0] -InstanceId i2 -KeepLast 1 -Confirm:$false");

        Assert.Equal(["1/b1", "2/b2", "4/b4"], Files());
    }

    [Fact]
    public void What_was_begun_is_ended_for_the_instances_that_are_named()
    {
        Save(
            Part(1, 1) with { Instance = "i2" }, Part(1, 2) with { Instance = "i2" }, Part(2, 1), Part(2, 2),
            Day(3).Intact());
        foreach (string path in new[] { "1/b1", "2/b2" })
        {
            Begin(path + ".1");
            Begin(path);
            File.Delete(Path.Combine(_folder, path + ".1"));
        }

        var result = Remove("Remove-BackupFile $args[0] -InstanceId i1 -KeepLast 9 -Confirm:$false -PassThru");
        Assert.Equal(("2/b2", false, "its removal was begun"), Decisions(result)[0]);
        Assert.Equal(["1/b1", "3/b3"], Files());

        Remove("Remove-BackupFile $args[0] -KeepLast 9 -Confirm:$false");
        Assert.Equal(["3/b3"], Files());
    }

    [Fact]
    public void A_link_in_the_place_of_a_folder_is_not_followed_and_the_others_go()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right that users of Windows do not have.");
        Save(Day(1), Day(2), Day(3).Intact());
        string elsewhere = Path.Combine(_folder, "elsewhere");
        Directory.Move(Path.Combine(_folder, "1"), elsewhere);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "1"), elsewhere);

        var result = _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false -PassThru", _folder);

        var error = result.SingleError("UnsafeFileName");
        Assert.Equal(Path.Combine(_folder, "1/b1"), error.TargetObject);
        Assert.True(File.Exists(Path.Combine(elsewhere, "b1")));
        Assert.Equal(
            [("1/b1", true, "it could not be removed"), ("2/b2", false, "no rule keeps it")], Decisions(result)[..2]);
        Assert.Equal(["b1", "b3"], Known());
    }

    [Fact]
    public void What_cannot_be_removed_keeps_what_it_hangs_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right that users of Windows do not have.");
        Save(Day(1), Day(2).Incremental(), Day(3).Incremental(), Day(4).Intact());
        File.Delete(Path.Combine(_folder, "2/b2"));
        File.CreateSymbolicLink(Path.Combine(_folder, "2/b2"), Path.Combine(_folder, "4/b4"));

        var result = _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -Confirm:$false -PassThru", _folder);

        result.SingleError("UnsafeFileName");
        Assert.Equal(
            [("1/b1", true, "needed by b2"), ("2/b2", true, "it could not be removed"), ("3/b3", false, "hangs on b1")],
            Decisions(result)[..3]);
        Assert.True(File.Exists(Path.Combine(_folder, "1/b1")));
        Assert.True(File.Exists(Path.Combine(_folder, "4/b4")));
    }

    [Fact]
    public void Decisions_fit_a_table()
    {
        Save(Day(1), Day(2).Intact());

        _module.Run("Remove-BackupFile $args[0] -KeepLast 1 -WhatIf -PassThru | Out-Default", _folder);

        Assert.Matches(@"Instance\s+BackupTime\s+Size\s+Keep\s+Reason\s+Name", _module.Screen);
        Assert.Matches(@"orders\s+2026-01-0\d \d\d:\d\d\s+\d+ B\s+False\s+no rule keeps it\s+b1", _module.Screen);
    }

    private void Begin(string path) => File.AppendAllText(
        CatalogPath, $$"""{"v":1,"event":"removing","path":"{{path}}","at":"2026-01-15T00:00:00Z"}""" + "\n");

    private string CatalogPath => Path.Combine(_folder, CatalogFolder.Name, "catalog.jsonl");

    private RunResult Remove(string script)
    {
        var result = _module.Run(script, _folder);
        Assert.True(
            result.Thrown is null && result.Errors.Count == 0 && result.Warnings.Count == 0, result.AllText);
        return result;
    }

    private (string Path, bool Keep, string Reason)[] Decisions(RunResult result) =>
        [.. result.Output.Select(item => (RetentionDecision)item.BaseObject).Select(decision => (
            Path.GetRelativePath(_folder, decision.Path).Replace('\\', '/'), decision.Keep, decision.Reason))];

    private string[] Files() =>
        [.. Directory.GetFiles(_folder, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint,
            })
            .Select(path => Path.GetRelativePath(_folder, path).Replace('\\', '/'))
            .Where(path => !path.Contains(CatalogFolder.Name)).Order(StringComparer.Ordinal)];

    private string[] Known() => [.. BackupCatalog.Find(_folder)[0].ReadFiles().Select(file => file.BackupId!).Order()];

    private void Save(params SavedFile[] files)
    {
        foreach (var file in files)
            file.Save(_folder);
    }

    private static SavedFile Part(int day, int part) =>
        Day(day) with { FileName = $"{day}/b{day}" + (part == 1 ? "" : ".1"), Count = 2 };

    private static SavedFile Day(int day) => new($"b{day}", SavedFile.Parse("2026-01-01").AddDays(day - 1))
    {
        FileName = $"{day}/b{day}",
    };

    private static SavedFile At(string time) => SavedFile.At(time) with { FileName = time.Replace(':', '-') };
}
