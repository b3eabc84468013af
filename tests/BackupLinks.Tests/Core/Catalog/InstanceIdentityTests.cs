using System;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Reports;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>What several sources know of one instance.</summary>
public sealed class InstanceIdentityTests
{
    private static readonly InstanceIdentity Known = new("HuaweiCloud.Rds", "i")
    {
        Name = "n", Engine = "MySQL", Region = "r", CreatedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void What_one_source_says_counts_and_another_adds_what_it_does_not_say()
    {
        var other = new InstanceIdentity("HuaweiCloud.Rds", "i")
        {
            Name = "n2", Engine = "PostgreSQL", Region = "r2", CreatedAt = DateTimeOffset.MaxValue,
        };

        Assert.Equal(Known, Known.With(other));
        Assert.Equal(Known, new InstanceIdentity("HuaweiCloud.Rds", "i").With(Known));
        Assert.Equal(Known, Known.With(null));
    }

    [Theory]
    [InlineData("HuaweiCloud.Rds", "HuaweiCloud")]
    [InlineData("A.B", "A")]
    [InlineData(".Rds", null)]
    [InlineData("Rds", null)]
    [InlineData("", null)]
    public void The_cloud_is_the_first_part_of_the_service(string service, string? cloud) =>
        Assert.Equal(cloud, new InstanceIdentity(service, "i").Cloud);

    [Fact]
    public void The_newest_file_says_the_name_and_an_older_one_what_the_newest_does_not_know()
    {
        var saved = SavedFile.At("2026-01-15").ToFile();

        var instance = InstanceIdentity.Of(
        [
            .. SavedBackup.Group(
            [
                Of(saved.Path, "b1", 1, "old", "MySQL"), Of(saved.Path, "b2", 2, "new", null),
            ]),
        ]);

        Assert.Equal(("new", "MySQL", null), (instance.Name, instance.Engine, instance.Region));
    }

    [Fact]
    public void Each_state_has_its_symbol_and_an_unknown_one_that_of_nothing()
    {
        string definitions = HtmlSymbols.Definitions().ToString();

        Assert.All(InstanceState.WorstFirst, state =>
        {
            Assert.EndsWith($"<use href=\"#s-{state}\"/></svg>", HtmlSymbols.Of(state).ToString());
            Assert.Contains($"<symbol id=\"s-{state}\" ", definitions);
        });
        Assert.Equal(HtmlSymbols.Of(HtmlSymbols.Nothing).ToString(), HtmlSymbols.Of("Odd").ToString());
        Assert.Contains("class=\"bad\"", HtmlSymbols.Of(InstanceState.Missing).ToString());
    }

    private static BackupFile Of(string path, string backup, int day, string name, string? engine) => new(path + backup)
    {
        Service = "HuaweiCloud.Rds", InstanceId = "i", BackupId = backup, InstanceName = name, Engine = engine,
        BackupTime = DateTimeOffset.UnixEpoch.AddDays(day), SavedAt = DateTimeOffset.UnixEpoch.AddDays(day),
    };
}
