using System.Management.Automation;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Module;

/// <summary>Objects of this module that were piped into a command that does not take them.</summary>
public sealed class NamedKindTests
{
    [Theory]
    [InlineData("HuaweiCloud.Dcs.DcsInstance", "HuaweiCloud.Dcs",
        "this is a DcsInstance; use Get-DcsBackup for its backups, or Get-DcsLog for its logs")]
    [InlineData("HuaweiCloud.Dcs.DcsBackup", "HuaweiCloud.Dcs",
        "this is a DcsBackup; use Get-DcsBackupLink for its links")]
    [InlineData("HuaweiCloud.Dds.DdsInstance", "HuaweiCloud.Dds",
        "this is a DdsInstance of Huawei Cloud; use Get-CloudBackup for its backups")]
    [InlineData("Transfer.SavedBackupFile", null,
        "this is a SavedBackupFile; the file is saved already, at its Path")]
    public void An_object_is_named_with_its_service_and_the_command_that_takes_it(
        string type, string? service, string sentence)
    {
        foreach (string prefix in new[] { "", "Deserialized." })
        {
            var kind = NamedKind.Of(Typed("Selected.Of.Others", prefix + "BackupLinks." + type));

            Assert.Equal((service, sentence), (kind?.Service, kind?.ToString()));
        }
    }

    [Theory]
    [InlineData("System.Object")]
    [InlineData("BackupLinks.Discovery.CloudInstance")]
    [InlineData("Deserialized.Deserialized.BackupLinks.HuaweiCloud.Dcs.DcsInstance")]
    [InlineData("backuplinks.huaweicloud.dcs.dcsinstance")]
    public void Other_objects_are_not_named(string type) => Assert.Null(NamedKind.Of(Typed(type)));

    private static PSObject Typed(params string[] types)
    {
        var item = new PSObject();
        item.TypeNames.Clear();
        foreach (string type in types)
            item.TypeNames.Add(type);
        return item;
    }
}
