using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using BackupLinks.Formats;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Core.Formats;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>The line that Save-BackupFile writes, where it writes it, and what it is good for.</summary>
public sealed class SaveCatalogTests : SaveTest
{
    private const string Multipart = "\"0123456789abcdef0123456789abcdef-4\"";

    private string Catalog => CatalogOf(Folder);

    [Fact]
    public void A_line_has_what_the_list_and_the_link_state_of_the_backup()
    {
        var result = Run(
            "$backup = @(Get-CloudInstance @h -Service HuaweiCloud.Rds)[0] | "
            + $"Get-CloudBackup -Latest; $backup; $backup | Get-BackupLink | Save-BackupFile -Destination '{Folder}'");

        var backup = result.Output[0];
        var lines = Lines(Catalog);
        var line = lines[0];
        Assert.Equal(
            ("HuaweiCloud", "HuaweiCloud.Rds", (string)backup.Properties["Region"].Value),
            (Text(line, "cloud"), Text(line, "service"), Text(line, "region")));
        Assert.Equal(
            ((string)backup.Properties["InstanceId"].Value, (string)backup.Properties["InstanceName"].Value,
                (string)backup.Properties["BackupId"].Value, (string)backup.Properties["Engine"].Value),
            (Text(line, "instanceId"), Text(line, "instanceName"), Text(line, "backupId"), Text(line, "engine")));
        Assert.Equal(("Full", (string)backup.Properties["Type"].Value), (Text(line, "kind"), Text(line, "type")));
        Assert.Equal((DateTimeOffset)backup.Properties["StartTime"].Value, line["backupTime"].GetDateTimeOffset());
        Assert.Equal((DateTimeOffset)backup.Properties["EndTime"].Value, line["endTime"].GetDateTimeOffset());
        Assert.Equal(2, lines.Count);
        Assert.All(lines, one => Assert.Equal(2, one["fileCount"].GetInt32()));
        Assert.InRange(
            line["savedAt"].GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public void Shards_that_are_backed_up_each_by_itself_are_kept_each_by_itself()
    {
        PSObject[] rows =
        [
            .. new[] { "a", "b" }.Select(shard =>
            {
                var row = Row(Put(shard + ".rdb", 100));
                row.Properties.Add(new PSNoteProperty("InstanceId", "i"));
                row.Properties.Add(new PSNoteProperty("BackupId", "of-" + shard));
                row.Properties.Add(new PSNoteProperty("BackupPart", shard));
                return row;
            }),
        ];
        Save(rows);

        var result = Run(
            $"Remove-BackupFile '{Folder}' -KeepLast 1 -Confirm:$false; Get-BackupFile '{Folder}' -Latest | "
            + "ForEach-Object Part");

        Assert.Empty(result.Errors);
        Assert.Equal(["a", "b"], result.Output.Select(part => part.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_torn_line_of_the_catalog_is_told_once_whatever_the_number_of_files()
    {
        SaveOne(Row(Put("dump.rdb", 100)));
        File.AppendAllText(Catalog, "{\"v\":1,\"path\":\"x");

        var result = Save(new[] { Row(Put("other.rdb", 200)), Row(Put("third.rdb", 300)) });

        Assert.Empty(result.Errors);
        string warning = Assert.Single(result.Warnings);
        Assert.StartsWith($"One line of the catalog '{Catalog}' cannot be read", warning);
        Assert.Equal(4, File.ReadAllLines(Catalog).Length);
    }

    [Theory]
    [InlineData("$links")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize("
        + "[System.Management.Automation.PSSerializer]::Serialize($links, 3))")]
    [InlineData("& { $links | Export-BackupLink -Path \"$d/links.jsonl\" -Format Jsonl | Out-Null; "
        + "Import-BackupLink \"$d/links.jsonl\" }")]
    public void The_details_of_a_link_survive_files_and_other_processes(string copy)
    {
        Directory.CreateDirectory(Folder);
        var result = Run(
            $"$d = '{Folder}'; $links = @(Get-CloudInstance @h -Service HuaweiCloud.Rds)[0] | "
            + $"Get-CloudBackup -Latest | Get-BackupLink; {copy} | Save-BackupFile -Destination \"$d/files\"");

        Assert.Empty(result.Errors);
        var line = Lines(CatalogOf(Path.Combine(Folder, "files")))[0];
        Assert.Equal(
            ("HuaweiCloud", "HuaweiCloud.Rds", "Full", "SQLServer"),
            (Text(line, "cloud"), Text(line, "service"), Text(line, "kind"), Text(line, "engine")));
        Assert.Equal(JsonValueKind.String, line["endTime"].ValueKind);
        Assert.Equal(2, line["fileCount"].GetInt32());
    }

    [Fact]
    public void Dated_folders_share_the_catalog_of_the_folder_that_has_one()
    {
        Directory.CreateDirectory(Path.Combine(Folder, ".backuplinks"));

        SaveTo("2026-01-15/mysql", Put("a.rdb", 100));
        SaveTo("2026-01-16", Put("b.rdb", 100));

        Assert.Equal(["2026-01-15/mysql/a.rdb", "2026-01-16/b.rdb"], Lines(Catalog).Select(line => Text(line, "path")));
        Assert.Single(Directory.GetDirectories(Folder, ".backuplinks", SearchOption.AllDirectories));
    }

    [Fact]
    public void Without_a_catalog_above_one_is_made_in_the_destination()
    {
        SaveTo("2026-01-15", Put("a.rdb", 100));
        SaveTo("2026-01-16", Put("b.rdb", 100));

        Assert.False(File.Exists(Catalog));
        Assert.Equal(
            ["b.rdb"], Lines(CatalogOf(Path.Combine(Folder, "2026-01-16"))).Select(line => Text(line, "path")));
    }

    [Theory]
    [InlineData(Multipart)]
    [InlineData(null)]
    public void What_the_catalog_has_whole_is_not_fetched_again_whatever_the_folder(string? tag)
    {
        Directory.CreateDirectory(Path.Combine(Folder, ".backuplinks"));
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = tag });
        var first = SaveTo("2026-01-15", item);

        var second = SaveTo("2026-01-16", item);

        Assert.Equal((SaveStatus.AlreadyPresent, first.Path), (second.Status, second.Path));
        Assert.Equal((item.Sha256, item.Length), (second.Sha256, second.Size));
        Assert.Single(Lines(Catalog));
        Assert.False(Directory.Exists(Path.Combine(Folder, "2026-01-16")), "An empty folder was left.");
    }

    [Fact]
    public void Another_name_that_the_caller_chooses_is_another_file()
    {
        var item = Put("dump.rdb", 100);
        SaveTo("", item);
        var row = Row(item);
        row.Properties["FileName"].Value = "copy.rdb";

        Assert.Equal(SaveStatus.Saved, SaveOne(row).Status);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("removed")]
    [InlineData("replaced by a link")]
    [InlineData("object replaced")]
    public void What_is_no_longer_whole_is_fetched(string accident)
    {
        Assert.SkipWhen(accident.EndsWith("link", StringComparison.Ordinal) && !OperatingSystem.IsLinux(), "Links.");
        Directory.CreateDirectory(Path.Combine(Folder, ".backuplinks"));
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart }, count: 2);
        string path = SaveTo("2026-01-15", item).Path;
        byte[] content = File.ReadAllBytes(path);
        switch (accident)
        {
            case "changed":
                content[1000] ^= 1;
                File.WriteAllBytes(path, content);
                break;
            case "cut":
                File.WriteAllBytes(path, content[..1000]);
                break;
            case "removed":
                File.Delete(path);
                break;
            case "replaced by a link":
                File.Move(path, path + ".old");
                File.CreateSymbolicLink(path, path + ".old");
                break;
            case "object replaced":
                item = Put("dump.rdb", 300_000, version: 2);
                Server.Faults.Clear();
                Fault(new ObjectFault { ETag = "\"another-4\"" });
                break;
        }

        var again = SaveTo("2026-01-16", item);

        Assert.Equal(SaveStatus.Saved, again.Status);
        Assert.Equal(Path.Combine(Folder, "2026-01-16", "dump.rdb"), again.Path);
        AssertContent(item, again.Path);
    }

    [Fact]
    public void A_folder_that_was_moved_with_its_catalog_still_has_what_it_had()
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveTo("old", item);
        Directory.Move(Path.Combine(Folder, "old"), Path.Combine(Folder, "new"));

        var again = SaveTo("new/2026-01-16", item);

        Assert.Equal(
            (SaveStatus.AlreadyPresent, Path.Combine(Folder, "new", "dump.rdb")), (again.Status, again.Path));
    }

    [Fact]
    public void NoCatalog_neither_reads_nor_writes_one()
    {
        var item = Put("dump.rdb", 100);
        SaveTo("a", item, "-NoCatalog");
        Assert.False(Directory.Exists(Path.Combine(Folder, "a", ".backuplinks")));

        Directory.CreateDirectory(Path.Combine(Folder, ".backuplinks"));
        SaveTo("b", item);
        string before = File.ReadAllText(Catalog);
        Assert.Equal(SaveStatus.Saved, SaveTo("c", item, "-NoCatalog").Status);
        Assert.Equal(before, File.ReadAllText(Catalog));
    }

    [Fact]
    public void A_file_that_is_there_gets_its_missing_line_once()
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveOne(Row(item));
        var first = Assert.Single(Lines(Catalog));
        File.Delete(Catalog);

        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(Row(item), $"-ExpectedHash {item.Sha256}").Status);
        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(Row(item)).Status);

        var line = Assert.Single(Lines(Catalog));
        Assert.Equal(
            (Text(first, "path"), Text(first, "sha256"), Text(first, "object"), Text(first, "etag")),
            (Text(line, "path"), Text(line, "sha256"), Text(line, "object"), Text(line, "etag")));
    }

    [Fact]
    public void A_line_of_an_earlier_version_gets_what_it_lacks_and_keeps_what_it_has()
    {
        var item = Put("dump.rdb", RdbWriter.Small());
        var row = Row(item);
        row.Properties.Add(new PSNoteProperty("InstanceId", "i"));
        row.Properties.Add(new PSNoteProperty("BackupId", "b"));
        SaveOne(row);
        Run($"Test-BackupFile '{Folder}/dump.rdb'").AssertSilent();
        var first = Lines(Catalog)[0];
        row.Properties.Add(new PSNoteProperty("BackupPart", "shard-1"));

        for (int run = 0; run < 2; run++)
            Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(row).Status);

        var lines = Lines(Catalog);
        Assert.Equal(3, lines.Count);
        Assert.Equal(
            ("dump.rdb", "shard-1", Text(first, "savedAt"), Text(first, "etag"), BackupFileState.Intact),
            (Text(lines[2], "path"), Text(lines[2], "part"), Text(lines[2], "savedAt"), Text(lines[2], "etag"),
                Text(lines[2], "testState")));
        Assert.Equal(Text(lines[1], "testedAt"), Text(lines[2], "testedAt"));
    }

    [Fact]
    public void A_line_of_another_backup_with_the_same_content_stays()
    {
        var item = Put("dump.rdb", 100);
        SaveTo("", item);
        var row = Row(item);
        row.Properties.Add(new PSNoteProperty("InstanceId", "i"));
        row.Properties.Add(new PSNoteProperty("BackupId", "another"));
        row.Properties.Add(new PSNoteProperty("BackupPart", "shard-1"));

        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(row).Status);

        Assert.False(Assert.Single(Lines(Catalog)).ContainsKey("part"));
    }

    [Fact]
    public void A_changed_file_that_was_put_back_as_it_was_is_present_again()
    {
        var item = Put("dump.rdb", RdbWriter.Small());
        SaveOne(Row(item));
        string path = Path.Combine(Folder, "dump.rdb");
        byte[] content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. content[..^1], (byte)(content[^1] ^ 1)]);
        Run($"Get-BackupFile '{Folder}' | Test-BackupFile");
        Assert.Equal("Changed", Run($"(Get-BackupFile '{Folder}').State").Output.Single().ToString());
        File.WriteAllBytes(path, content);

        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(Row(item)).Status);

        Assert.Equal("Present", Run($"(Get-BackupFile '{Folder}').State").Output.Single().ToString());
    }

    [Fact]
    public void A_file_that_only_looks_the_same_gets_a_line_that_proves_nothing()
    {
        var item = Put("dump.rdb", 300_000);
        Fault(new ObjectFault { ETag = Multipart });
        SaveOne(Row(item));
        File.Delete(Catalog);

        Assert.Contains("looks the same", Assert.Single(Save(Row(item)).Warnings));
        Assert.Contains("looks the same", Assert.Single(Save(Row(item)).Warnings));

        Assert.False(Assert.Single(Lines(Catalog)).ContainsKey("object"));
    }

    [Fact]
    public void The_result_of_a_test_is_in_the_line_and_that_of_a_later_one_in_a_line_of_its_own()
    {
        var item = Put("dump.rdb", RdbWriter.Small());
        SaveOne(Row(item), "-Test");
        var line = Assert.Single(Lines(Catalog));
        Assert.Equal(BackupFileState.Intact, Text(line, "testState"));
        Assert.Equal(JsonValueKind.String, line["testedAt"].ValueKind);

        Assert.Equal(SaveStatus.AlreadyPresent, SaveOne(Row(item), "-Test").Status);

        var later = Lines(Catalog)[1];
        Assert.Equal(
            ("tested", "dump.rdb", BackupFileState.Intact),
            (Text(later, "event"), Text(later, "path"), Text(later, "testState")));
    }

    [Fact]
    public void A_damaged_file_that_is_there_is_noted_as_such()
    {
        var item = Put("dump.rdb", RdbWriter.Small()[..^1]);
        SaveOne(Row(item));

        Save(Row(item), "-Test").SingleError("BackupTruncated");

        var line = Lines(Catalog)[1];
        Assert.Equal(("tested", BackupFileState.Truncated), (Text(line, "event"), Text(line, "testState")));
        Assert.NotEmpty(Text(line, "problem")!);
    }

    private SandboxObject Put(string name, byte[] content)
    {
        var item = new SandboxObject("bucket", "backups/" + name, content);
        Server.Cloud.Put(item);
        return item;
    }

    private static string CatalogOf(string folder) => Path.Combine(folder, ".backuplinks", "catalog.jsonl");

    private static List<Dictionary<string, JsonElement>> Lines(string path) =>
        [.. File.ReadAllLines(path).Select(line => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!)];

    private static string? Text(Dictionary<string, JsonElement> line, string name) =>
        line.TryGetValue(name, out var value) ? value.GetString() : null;

    private SavedBackupFile SaveTo(string folder, SandboxObject item, string arguments = "")
    {
        var row = Row(item);
        row.Properties.Add(new PSNoteProperty("Destination", Path.Combine(Folder, folder)));
        row.Properties.Add(new PSNoteProperty("InstanceId", "i"));
        row.Properties.Add(new PSNoteProperty("BackupId", "b"));
        var result = Module.Run($"param($row) $row | Save-BackupFile {arguments}", row);
        result.AssertSilent();
        return result.Single<SavedBackupFile>();
    }
}
