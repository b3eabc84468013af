using System.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>The checksums that RDS and OSS of Alibaba Cloud state, from the list to the saved file.</summary>
public sealed class AlibabaChecksumTests : AlibabaSandboxTest
{
    private const string InstanceId = "rm-uf6wjk5xxxxxxx";
    private const string Link = "Get-BackupLink AlibabaCloud.Rds -InstanceId rm-uf6wjk5xxxxxxx ";

    [Fact]
    public void Backup_of_RDS_has_the_CRC_of_the_list_and_of_the_store()
    {
        AddSecret();
        var result = Module.Run(Link + "321020562 | Save-BackupFile -Destination $args[0]", Folder);

        result.AssertSilent();
        Assert.Equal("MD5, CRC-64", ((SavedBackupFile)result.Output.Single().BaseObject).VerifiedBy);
        Assert.Equal(
            "MD5, CRC-64", Module.Run("(Get-BackupFile $args[0]).VerifiedBy", Folder).Output.Single().ToString());
    }

    [Theory]
    [InlineData("$links")]
    [InlineData("$links | Export-BackupLink $folder/l.jsonl; Import-BackupLink $folder/l.jsonl")]
    [InlineData("$s = [Management.Automation.PSSerializer]; $s::Deserialize($s::Serialize($links))")]
    public void Checksum_of_the_list_alone_verifies_the_file_also_after_a_manifest(string links)
    {
        AddSecret();
        NoHints();

        var result = Module.Run(
            $"$folder = $args[0]; $links = {Link} 321020562; & {{ {links} }} | Save-BackupFile -Destination $folder",
            Folder);

        Assert.Empty(result.Errors);
        Assert.Equal("CRC-64", ((SavedBackupFile)result.Output.Single().BaseObject).VerifiedBy);
    }

    // No page says of which bytes the checksum of the list is: with a wrong one, no backup is out of reach for ever.
    [Theory]
    [InlineData(true, "MD5, CRC-64", 1)]
    [InlineData(false, null, 2)]
    public void Backup_that_does_not_have_the_CRC_of_the_list_is_saved_with_a_warning(
        bool hasHints, string? verifiedBy, int warnings)
    {
        AddSecret();
        if (!hasHints)
            NoHints();
        Server.Cloud.Of<RdsFleet>().AddBackup(
            Server.Cloud, InstanceId, "321020999", new() { Type = "Manual", Checksum = "1835830439000000000" },
            new SandboxBackupFile(new("rdsbak-sh", "custins2/other.tar.gz", 9_000), null));

        var result = Module.Run(Link + "321020999 | Save-BackupFile -Destination $args[0]", Folder);

        Assert.Empty(result.Errors);
        Assert.Equal(verifiedBy, ((SavedBackupFile)result.Output.Single().BaseObject).VerifiedBy);
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.Contains("and the provider states 1835830439000000000", result.Warnings[0].ToString());
        Assert.Contains("Test-BackupFile", result.Warnings[^1].ToString());
    }

    // No entity tag that is an MD5, and no CRC of the store.
    private void NoHints() => Server.Faults.Add(new SandboxFault
    {
        Path = "/oss/", Object = new ObjectFault { ETag = "\"a-1\"", Crc64 = "" },
    });
}
