using BackupLinks.Catalog;

namespace BackupLinks.Tests.Conformance;

/// <summary>What a restore needs besides a backup, by the vendors' words.</summary>
public sealed class BackupKindTests
{
    [Theory]
    [InlineData("HuaweiCloud.Rds", "auto", BackupKind.Full)]
    [InlineData("HuaweiCloud.Rds", "MANUAL", BackupKind.Full)]
    [InlineData("HuaweiCloud.Rds", "fragment", BackupKind.Incremental)]
    [InlineData("HuaweiCloud.Rds", "incremental", BackupKind.Incremental)]
    [InlineData("HuaweiCloud.Rds", null, null)]
    [InlineData("HuaweiCloud.Rds", "another", null)]
    [InlineData("HuaweiCloud.Dds", "Incremental", BackupKind.Incremental)]
    [InlineData("HuaweiCloud.Dds", "Auto", BackupKind.Full)]
    [InlineData("HuaweiCloud.Dcs", "auto", BackupKind.Full)]
    [InlineData("HuaweiCloud.Dcs", null, BackupKind.Full)]
    [InlineData("AlibabaCloud.Rds", "FullBackup", BackupKind.Full)]
    [InlineData("AlibabaCloud.Rds", "IncrementalBackup", BackupKind.Incremental)]
    [InlineData("AlibabaCloud.Rds", null, null)]
    [InlineData("CapitalOnline.MySql", "physical-backup", BackupKind.Full)]
    [InlineData("CapitalOnline.Redis", "full-backup", BackupKind.Full)]
    public void Each_service_maps_its_words(string service, string? type, string? kind) =>
        Assert.Equal(kind, Clouds.Registry.FindService(service)!.KindOf(type));
}
