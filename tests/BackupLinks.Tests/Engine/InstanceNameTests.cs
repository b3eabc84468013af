using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using BackupLinks.Errors;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Whose backup it is, and of when: from the list to the file, the manifest and the error.</summary>
public sealed class InstanceNameTests : SaveTest
{
    [Theory]
    [InlineData("Get-DcsInstance @h", "Get-DcsBackup @h -Latest", "Get-DcsBackupLink @h", "prod-sessions")]
    [InlineData("Get-RdsInstance @h", "Get-RdsBackup @h -Latest", "Get-RdsBackupFile @h", "prod-orders")]
    [InlineData("Get-CdsInstance @o", "Get-CdsBackup @o -Latest", "Get-CdsBackupDownload @o", "prod-carts")]
    public void Name_and_time_and_size_travel_from_the_list_to_the_file(
        string instances, string backups, string links, string name)
    {
        foreach (string pipe in new[] { "|", "| again |" })
        {
            string folder = Path.Combine(Folder, pipe.Length.ToString());
            var result = Run(
                $"{Again}{instances} {pipe} {backups} -OutVariable b {pipe} {links} -OutVariable l {pipe} "
                    + $"Save-BackupFile -Destination '{folder}'; $b[0]; $l[0]");

            result.AssertSilent();
            object backup = result.Output[^2].BaseObject;
            var (time, size) = ((DateTimeOffset)Value(backup, "BackupTime")!, Value(backup, "Size"));
            Assert.Equal(name, Value(backup, "InstanceName"));
            object link = result.Output[^1].BaseObject;
            Assert.Equal(
                (name, time, size),
                (Value(link, "InstanceName"), Value(link, "BackupTime"), Value(link, "BackupSize")));
            var saved = Assert.IsType<SavedBackupFile>(result.Output[0].BaseObject);
            Assert.Equal((name, time), (saved.InstanceName, saved.BackupTime));
            Assert.Equal((Path.GetFileName(saved.Path), saved.Name), (saved.Name, saved.FileName));
            Assert.Equal(saved.Duration.TotalSeconds, saved.DurationSec, 0.001);
        }
    }

    [Fact]
    public void Name_and_day_of_a_log_travel_too()
    {
        var result = Run("Get-DcsInstance @h | Get-DcsLog @h | Get-DcsLogLink @h");

        result.AssertSilent();
        var link = Assert.Single(result.Output);
        Assert.Equal("prod-sessions", link.Properties["InstanceName"].Value);
        Assert.Equal(new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero), link.Properties["BackupTime"].Value);
    }

    [Fact]
    public void Row_of_any_service_may_bring_them()
    {
        string call = LinkCommand.All.Single(command => command.Name == "Get-DdsBackupFile").Example;
        var result = Run(
            $"{call} @h -InstanceName prod-docs -BackupTime 2026-03-01T12:00:00Z -Size 123; {call} @h -BackupTime "
                + "soon -BackupSize '12 KB'");

        result.AssertSilent();
        var link = result.Output[0];
        Assert.Equal(
            ("prod-docs", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), 123L),
            (link.Properties["InstanceName"].Value, link.Properties["BackupTime"].Value,
                link.Properties["BackupSize"].Value));
        Assert.All(
            ["InstanceName", "BackupTime", "BackupSize"],
            name => Assert.Null(result.Output[^1].Properties[name].Value));
    }

    [Fact]
    public void Manifest_has_them_and_gives_them_back()
    {
        string manifest = Path.Combine(Directory.CreateDirectory(Folder).FullName, "links.jsonl");

        var result = Run(
            $"Get-RdsInstance @h | Get-RdsBackup @h -Latest -OutVariable b | Get-RdsBackupFile @h | Export-BackupLink "
                + $"'{manifest}'; $b; Import-BackupLink '{manifest}'; Import-BackupLink '{manifest}' | "
                + $"Save-BackupFile -Destination '{Folder}'");

        Assert.Empty(result.Errors);
        object? time = result.Output[0].Properties["BackupTime"].Value;
        foreach (var item in result.Output.Skip(1))
            Assert.Equal(
                ("prod-orders", time), (item.Properties["InstanceName"].Value, item.Properties["BackupTime"].Value));
        Assert.IsType<SavedBackupFile>(result.Output[^1].BaseObject);
        // Another one at every reading is no property of a file of links.
        Assert.DoesNotContain("ExpiresIn", File.ReadAllText(manifest));
        Assert.All(
            result.Output.Skip(1).Take(2),
            link => Assert.InRange(((TimeSpan)link.Properties["ExpiresIn"].Value).TotalMinutes, 10, 15));
    }

    [Fact]
    public void Manifest_of_before_still_reads()
    {
        var item = Put("a.rdb", 1000);
        string manifest = Path.Combine(Directory.CreateDirectory(Folder).FullName, "links.jsonl");
        File.WriteAllText(
            manifest,
            $$"""{"Kind":"DcsBackupLink","Uri":"{{Server.Presign(item).OriginalString}}","FileName":"a.rdb","Size":"""
                + """null,"ExpiresAt":null,"InstanceId":"i","BackupId":"b"}""");

        var saved = Run(
            $"Import-BackupLink '{manifest}' -WarningAction Ignore | Save-BackupFile -Destination '{Folder}'")
                .Single<SavedBackupFile>();

        Assert.Equal(("i", "b", null, null), (saved.InstanceId, saved.BackupId, saved.InstanceName, saved.BackupTime));
    }

    [Fact]
    public void Half_a_file_is_refused_by_the_size_of_the_list()
    {
        // The store has half of what the list states, and its response with the link states nothing.
        Server.Cloud.AddDcsInstance("i", "prod-half");
        Server.Cloud.AddDcsBackup(
            "i", "b", "x", [new("bucket", "x/half.rdb", 100_000)], new() { CreatedAt = DateTimeOffset.UtcNow });
        Put("half.rdb", 50_000);
        Server.Cloud.Put(new("bucket", "x/half.rdb", 50_000));

        var result = Run(
            $"Get-DcsInstance @h prod-half | Get-DcsBackup @h -Latest | Get-DcsBackupLink @h | Save-BackupFile "
                + $"-Destination '{Folder}' -MaximumRetryCount 0");

        var error = result.SingleError("SizeMismatch");
        Assert.Contains("of instance 'prod-half'", error.ToString());
        var exception = Assert.IsType<BackupLinksException>(error.Exception, exactMatch: false);
        Assert.Equal(("i", "prod-half", "b"), (exception.InstanceId, exception.InstanceName, exception.BackupId));
        Assert.NotNull(exception.BackupTime);
        Assert.Equal("prod-half", PSObject.AsPSObject(error.TargetObject).Properties["InstanceName"].Value);
        Assert.Empty(Directory.GetFiles(Folder, "*.rdb"));
    }

    [Fact]
    public void Size_of_the_list_is_that_of_one_file_only_where_there_is_one()
    {
        var links = Run($"Get-DcsBackup @h {DcsInstanceId} -Status succeed | Get-DcsBackupLink @h").Output;

        Assert.Equal([null, null, null, 262_144L], links.Select(link => (long?)link.Properties["Size"].Value));
        Assert.Equal(
            [3_407_872L, 3_407_872L, 3_407_872L, 262_144L],
            links.Select(link => (long?)link.Properties["BackupSize"].Value));
    }

    [Theory]
    [InlineData(
        "Get-DcsInstance @h | Get-DcsBackup @h | Get-DcsBackupLink @h "
            + "-Endpoint http://127.0.0.1:9 -MaximumRetryCount 0",
        "prod-sessions")]
    [InlineData(
        "Get-RdsInstance @h | Get-RdsBackup @h | Get-RdsBackupFile @h "
            + "-Endpoint http://127.0.0.1:9 -MaximumRetryCount 0",
        "prod-orders")]
    [InlineData(
        "Get-CdsInstance @o | Get-CdsBackup @o | Get-CdsBackupDownload @o "
            + "-Endpoint http://127.0.0.1:9 -MaximumRetryCount 0",
        "prod-carts")]
    public void Error_says_whose_backup_it_is_about(string pipeline, string name)
    {
        string script = pipeline.Replace("@h -Endpoint", "-Credential $c -Region cn-north-4 -ProjectId p -Endpoint")
            .Replace("@o -Endpoint", "-Credential $cds -Endpoint");

        var result = Run(script);

        Assert.NotEmpty(result.Errors);
        foreach (var error in result.Errors)
        {
            var exception = (BackupLinksException)error.Exception;
            Assert.Equal((name, error.TargetObject), (exception.InstanceName, exception.BackupId));
            Assert.NotNull(exception.InstanceId);
            Assert.NotNull(exception.BackupTime);
            Assert.Contains($"'{name}'", error.ToString());
        }

        // Several errors of one cause are about a backup each.
        Assert.Equal(
            result.Errors.Count,
            result.Errors.Select(error => ((BackupLinksException)error.Exception).BackupId).Distinct().Count());
    }

    [Fact]
    public void Tables_have_the_service_and_the_instance_at_80_columns()
    {
        Run($$"""
            $screen = $Host.UI.RawUI
            $screen.BufferSize = $screen.WindowSize = [System.Management.Automation.Host.Size]::new(80, 50)
            $b = Get-DcsInstance @h | Get-DcsBackup @h
            $l = $b | Get-DcsBackupLink @h -WarningAction Ignore
            $r = Get-RdsInstance @h | Get-RdsBackup @h | Get-RdsBackupFile @h
            $d = Get-CdsInstance @o | Get-CdsBackup @o -OutVariable c | Get-CdsBackupDownload @o
            $g = Get-DcsInstance @h | Get-DcsLog @h -OutVariable g0 | Get-DcsLogLink @h
            $s = $l, $r | ForEach-Object { $_ } | Save-BackupFile -Destination '{{Folder}}'
            foreach ($things in $b, $l, $r, $d, $c, $g0, $g, $s) { $things | Out-Default }
            """);
        string screen = Module.Screen;

        string[] lines = screen.Split('\n');
        Assert.Equal(8, lines.Count(line => Regex.IsMatch(line, "^(Service +)?Instance(Name)? ")));
        Assert.Equal(19, lines.Count(line => Regex.IsMatch(line, @"^((HuaweiCloud|CapitalOnline)\.\w+ +)?prod-")));
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        Assert.Matches(@"(?m)^HuaweiCloud\.Dcs +prod-sessions +\S+ +\w+ +0 B", screen);
    }

    private static object? Value(object item, string name)
    {
        object? value = PSObject.AsPSObject(item).Properties[name]?.Value;
        return value is PSObject wrapped ? wrapped.BaseObject : value;
    }
}
