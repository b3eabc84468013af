using System;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// What people type and mean otherwise: a name that is not there, a word of another vendor, the wrong object.
/// </summary>
public sealed class MistakeTests : SandboxTest
{
    [Theory]
    [InlineData("Get-DcsInstance @h prod-session, prod-*", "prod-session", 1)]
    [InlineData("Get-RdsInstance @h -Name gone", "gone", 0)]
    [InlineData("Get-CdsInstance @o gone, PROD-CARTS", "gone", 1)]
    [InlineData("Get-DcsInstance @h | Get-DcsBackup @h -Name gone", "gone", 0)]
    [InlineData("Get-DcsInstance @h | Get-DcsLog @h -Name gone", "gone", 0)]
    public void Name_without_wildcards_that_nothing_has_is_an_error(string command, string name, int others)
    {
        var result = Run(command);

        var error = result.SingleError("NotFound");
        Assert.Equal(name, error.TargetObject);
        Assert.Contains($"'{name}'", error.ToString());
        Assert.Equal(others, result.Output.Count);
    }

    [Theory]
    [InlineData("Get-DcsInstance @h gone*, *[x]*")]
    [InlineData("Get-DcsInstance @h prod-sessions -Status FROZEN")]
    [InlineData("Get-DcsInstance @h gone* | Get-DcsBackup @h -Name gone")]
    public void Wildcards_may_fit_nothing_and_a_name_may_be_left_out_by_another_filter(string command)
    {
        var result = Run(command);

        result.AssertSilent();
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Name_may_be_in_the_part_of_a_list_that_failed()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "/instances", Status = 400,
            Body = """{"error_code":"DCS.4800","error_msg":"no"}""" });

        Run("Get-DcsInstance @h gone").SingleError("InvalidRequest");
    }

    [Fact]
    public void One_backup_of_that_name_among_many_instances_is_enough()
    {
        Server.Cloud.AddDcsBackup("i", "b", "x", [], new() { Name = "before-upgrade" });

        var result = Run("Get-DcsInstance @h | Get-DcsBackup @h -Name before-upgrade");

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData(
        "Get-DcsBackup @h i -Status success",
        "'success' is not a -Status that Huawei Cloud documents; did you mean 'succeed' (")]
    [InlineData(
        "Get-RdsBackup @h r -Status complete",
        "'complete' is not a -Status that Huawei Cloud documents; did you mean 'COMPLETED' (")]
    [InlineData(
        "Get-DcsInstance @h -Engine Postgres",
        "'Postgres' is not a -Engine that Huawei Cloud documents; check the word (documented: Redis, Memcached).")]
    [InlineData(
        "Get-CdsBackup @o c -Status succeed",
        "'succeed' is not a -Status that Capital Online documents; check the word (documented: finished).")]
    public void Word_that_the_vendor_does_not_document_is_a_warning_once(string command, string warning)
    {
        Server.Cloud.AddDcsInstance("i", "i");
        Server.Cloud.AddRdsInstance("r", "r", "MySQL");
        Server.Cloud.AddCdsInstance("c", "c");

        var result = Run($"{command}; {command}");

        Assert.Empty(result.Errors);
        Assert.StartsWith(warning, Assert.Single(result.Warnings));
    }

    [Fact]
    public void Documented_word_is_taken_in_any_case_without_a_word() =>
        Run("Get-DcsInstance @h -Status running -Engine REDIS").AssertSilent();

    [Theory]
    [InlineData("Get-DcsInstance @h | Get-DcsBackupLink @h", "this is a DcsInstance; use Get-DcsBackup")]
    [InlineData("Get-DcsInstance @h | again | Get-DcsBackupLink @h", "this is a DcsInstance; use Get-DcsBackup")]
    [InlineData("Get-DcsInstance @h | Get-RdsBackup @h", "this is a DcsInstance; use Get-DcsBackup")]
    [InlineData("Get-RdsInstance @h | Get-RdsBackupFile @h", "this is a RdsInstance; use Get-RdsBackup ")]
    [InlineData("Get-CdsInstance @o | Get-CdsBackupDownload @o", "this is a CdsInstance; use Get-CdsBackup ")]
    [InlineData(
        "Get-RdsInstance @h | Get-RdsBackup @h | Get-DcsBackupLink @h", "this is a RdsBackup; use Get-RdsBackupFile")]
    [InlineData(
        "Get-DcsInstance @h | Get-DcsBackup @h -Latest | Get-DcsLogLink @h",
        "this is a DcsBackup; use Get-DcsBackupLink")]
    [InlineData("Get-DcsInstance @h | Get-DcsLog @h | Get-DcsBackupLink @h", "this is a DcsLog; use Get-DcsLogLink")]
    [InlineData(
        "Get-CdsInstance @o | Get-CdsBackup @o | Save-BackupFile -Destination nowhere",
        "this is a CdsBackup; use Get-CdsBackupDownload")]
    [InlineData(
        "Get-CloudInstance HuaweiCloud.Dds @h | Get-RdsBackup @h",
        "this is a DdsInstance of Huawei Cloud; use Get-CloudBackup")]
    [InlineData(
        "Get-DcsInstance @h | Export-BackupLink nowhere.jsonl -WhatIf:$false -WarningAction Ignore",
        "this is a DcsInstance; use Get-DcsBackup")]
    public void Object_that_another_command_takes_is_told_which(string pipeline, string advice)
    {
        var result = Run(Again + pipeline);

        Assert.Contains(advice, Assert.Single(result.Errors).ToString());
        Assert.Empty(result.Output);
        Assert.False(System.IO.File.Exists("nowhere.jsonl") || System.IO.Directory.Exists("nowhere"));
    }

    [Theory]
    [InlineData("Rds.RdsInstance", "this is a RdsInstance of Alibaba Cloud; use Get-CloudBackup for its backups")]
    [InlineData("Rds.RdsBackup", "this is a RdsBackup of Alibaba Cloud; use Get-BackupLink for its links")]
    public void Object_of_another_cloud_with_the_same_simple_name_sends_no_request(string type, string advice)
    {
        foreach (string prefix in new[] { "", "Deserialized." })
        {
            string item = $"[pscustomobject]@{{ PSTypeName = '{prefix}BackupLinks.AlibabaCloud.{type}'; "
                + "InstanceId = 'i'; BackupId = 'b'; Region = 'cn-north-4' }";
            foreach (string command in new[] { "Get-RdsBackup @h", "Get-RdsBackupFile @h" })
                Assert.Contains(advice, Assert.Single(Run($"{item} | {command}").Errors).ToString());
        }

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Object_of_another_module_binds_by_its_properties_as_ever()
    {
        Run($"[pscustomobject] @{{ InstanceId = '{DcsInstanceId}'; BackupId = '{DcsSingleBackupId}' }} | "
            + "Get-DcsBackupLink @h").AssertSilent();
        Run($"[pscustomobject] @{{ InstanceId = '{DcsInstanceId}' }} | Get-DcsBackup @h -Latest").AssertSilent();
        Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId} | Get-DcsBackupLink @h").AssertSilent();
        Run($"Get-DcsBackupLink @h {DcsInstanceId} {DcsSingleBackupId} | Get-DcsBackup @h -Latest").AssertSilent();
    }

    [Theory]
    [InlineData("Get-DcsInstance @h", "Get-DcsBackup @h", "Get-DcsBackupLink @h", "failed")]
    [InlineData("Get-RdsInstance @h", "Get-RdsBackup @h", "Get-RdsBackupFile @h", "BUILDING")]
    [InlineData("Get-CdsInstance @o", "Get-CdsBackup @o", "Get-CdsBackupDownload @o", "backuping")]
    public void Backup_that_cannot_be_downloaded_is_told_before_it_is_requested(
        string instances, string backups, string links, string state)
    {
        Server.Cloud.AddRdsBackup(
            "unfinished", [], RdsInstanceId, new() { Status = state, CreatedAt = DateTimeOffset.UtcNow });
        Server.Cloud.AddCdsBackup(
            CdsInstanceId, "unfinished", new("b", "unfinished", 1),
            new() { Status = state, CreatedAt = DateTimeOffset.UtcNow });

        foreach (string pipe in new[] { "|", "| again |" })
        {
            var result = Run($"{Again}{instances} {pipe} {backups} {pipe} {links}");

            var error = result.SingleError("InvalidRequest");
            Assert.Contains($"cannot be downloaded: its state was '{state}'", error.ToString());
            Assert.NotEmpty(result.Output);
            Assert.DoesNotContain(
                Server.Requests,
                request =>
                    request.Target.Contains($"{error.TargetObject}") && !request.Target.Contains("DescribeBackups"));
        }
    }
}
