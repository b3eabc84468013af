using System;
using System.Globalization;

namespace BackupLinks.Sandbox;

/// <summary>Fills the clouds with as many instances and backups as a company has.</summary>
public static class SandboxFleet
{
    /// <summary>
    /// Adds instances of DCS, RDS, Capital Online, RDS of Alibaba Cloud and MySQL of Tencent Cloud, with their backups
    /// shared out evenly: one a day, the newest of a few hours ago.
    /// </summary>
    /// <param name="cloud">The clouds.</param>
    /// <param name="instances">How many instances, of each of the five.</param>
    /// <param name="backups">How many backups, of each of the five.</param>
    public static void AddFleet(this SandboxCloud cloud, int instances = 200, int backups = 5000)
    {
        var now = DateTimeOffset.UtcNow;
        string[] engines = ["MySQL", "PostgreSQL", "SQLServer"];
        for (int i = 0; i < instances; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{(i % 4 == 3 ? "test" : "prod")}-{i + 1:000}");
            cloud.AddDcsInstance(InstanceId(i, "dc5"), name, i % 50 == 49 ? "FROZEN" : "RUNNING");
            cloud.AddRdsInstance(
                InstanceId(i, "4d5").Replace("-", "", StringComparison.Ordinal) + "in01", name,
                engines[i % engines.Length]);
            cloud.AddCdsInstance(InstanceId(i, "cd5"), name);
            cloud.AddAlibabaRdsInstance(AlibabaId(i), name, engines[i % engines.Length]);
            cloud.AddTencentMySqlInstance(TencentId(i), name);
        }

        for (int i = 0; i < backups; i++)
        {
            int instance = i % instances;
            int day = i / instances;
            // A cloud has backups of each state: unfinished, failed and deleted ones, too.
            bool isBroken = day == 0 && instance % 10 == 9;
            var facts = new SandboxBackupFacts { Type = day % 7 == 3 ? "manual" : "auto",
            CreatedAt = now.AddHours(-3).AddDays(-day).AddSeconds(-instance) };
            string dcs = InstanceId(instance, "dc5");
            cloud.AddDcsBackup(
                dcs, BackupId(i, "dc5"), $"dcs/{instance}/", [File("dcs", "rdb")],
                facts with { Status = isBroken ? "failed" : day >= 20 ? "expired" : null });
            string rds = BackupId(i, "4d5").Replace("-", "", StringComparison.Ordinal) + "br01";
            cloud.AddRdsBackup(
                rds, [new(File("rds", "xbstream.gz"), null)],
                InstanceId(instance, "4d5").Replace("-", "", StringComparison.Ordinal) + "in01",
                facts with { Status = isBroken ? "FAILED" : null });
            cloud.AddCdsBackup(
                InstanceId(instance, "cd5"), BackupId(i, "cd5"), File("cds", "rdb"),
                facts with { Status = isBroken ? "failed" : null });

            cloud.AddAlibabaRdsBackup(
                AlibabaId(instance), string.Create(CultureInfo.InvariantCulture, $"{400000000 + i}"),
                facts with { Type = day % 7 == 3 ? "Manual" : "Automated", Status = isBroken ? "Failed" : null },
                isBroken ? [] : [new(File("alirds", "tar.gz"), null)]);

            cloud.AddTencentMySqlBackup(
                TencentId(instance), string.Create(CultureInfo.InvariantCulture, $"{500000000 + i}"),
                facts with { Type = day % 7 == 3 ? "manual" : "automatic", Status = isBroken ? "FAILED" : null },
                isBroken ? [] : [new(File("cdb", "xb"), null)]);

            SandboxObject File(string service, string extension) => new(
                "fleet", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{service}/{instance}/{facts.CreatedAt:yyyyMMddHHmmss}_{instance + 1:000}.{extension}"), 1024 + i);
        }
    }

    private static string AlibabaId(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"rm-fleet{index:00000000}");

    private static string TencentId(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"cdb-fleet{index:000}");

    private static string InstanceId(int index, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{index:x8}-0000-4000-8000-000000000{kind}");

    private static string BackupId(int index, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{index:x8}-1111-4111-8111-111111111{kind}");
}
