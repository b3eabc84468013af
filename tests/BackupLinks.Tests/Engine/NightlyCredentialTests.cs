using System;
using System.IO;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// samples/nightly.ps1 with credentials that are mounted as files: it sets variables of this process.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class NightlyCredentialTests : RunbookTest
{
    private static readonly string[] Variables =
        ["CREDENTIALS_DIRECTORY", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_REGION", "CDS_NOTHING"];

    [Fact]
    public void Lock_and_states_of_a_night_without_a_log_are_in_the_folder_that_the_system_has_for_them()
    {
        string? before = Environment.GetEnvironmentVariable("STATE_DIRECTORY");
        try
        {
            Prepare();
            string folder = Directory.CreateDirectory(Path.Combine(Folder, "state")).FullName;
            Environment.SetEnvironmentVariable("STATE_DIRECTORY", folder);

            RunNightly("Rds", "LogPath = '-'");

            Assert.Single(Directory.GetFiles(folder, "nightly-*.lock"));
            Assert.Single(Directory.GetFiles(folder, "nightly-*.states"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("STATE_DIRECTORY", before);
        }
    }

    [Fact]
    public void Mounted_files_stand_for_the_variables_of_their_names_and_no_other_file_does()
    {
        string[] before = Array.ConvertAll(Variables, Environment.GetEnvironmentVariable)!;
        try
        {
            Prepare(withVault: false);
            string mounted = Directory.CreateDirectory(Path.Combine(Folder, "credentials")).FullName;
            File.WriteAllText(Path.Combine(mounted, "HUAWEICLOUD_SDK_AK"), OperatorKey.AccessKey + "\n");
            File.WriteAllText(Path.Combine(mounted, "HUAWEICLOUD_SDK_SK"), OperatorKey.SecretKey + "\r\n");
            File.WriteAllText(Path.Combine(mounted, "HUAWEICLOUD_SDK_REGION"), Region);
            File.WriteAllText(Path.Combine(mounted, "PSMODULEPATH"), "nowhere");
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", mounted);
            string modules = Environment.GetEnvironmentVariable("PSModulePath")!;

            Module.Run($"$PSDefaultParameterValues['Get-CloudInstance:Endpoint'] = '{Endpoint}'");
            var (exitCode, events) = RunNightly("Rds");

            Assert.Equal(0, exitCode);
            Assert.Equal(2, Saved(events).Length);
            Assert.Equal(modules, Environment.GetEnvironmentVariable("PSModulePath"));
            Assert.DoesNotContain(OperatorKey.SecretKey, File.ReadAllText(Log));
        }
        finally
        {
            for (int i = 0; i < Variables.Length; i++)
                Environment.SetEnvironmentVariable(Variables[i], before[i]);
        }
    }
}
