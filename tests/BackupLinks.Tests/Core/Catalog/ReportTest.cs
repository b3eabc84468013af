using System;
using System.Linq;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Reports;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>A small fleet with one instance in each state, some of them with names that mean harm.</summary>
public abstract class ReportTest : StatusTest
{
    /// <summary>A name that would be an element, leave an attribute, run a script, and turn the line.</summary>
    private protected const string Hostile =
        "\"><img src=https://evil.example/x onerror=alert(1)><script>alert(1)</script>\u202e' onload=alert(1) {0}\n\\";

    private protected static ReportContent Fleet
    {
        get
        {
            var good = Cloud(new Listed(-2), new Listed(-26) { Status = "FAILED" });
            BackupFile[] nights =
                [.. Enumerable.Range(0, 9).Select(night => Saved(-2 - (24 * night), 1000 + (night * 70)))];
            InstanceStatus[] rows =
            [
                Row("ok", good, nights),
                Row("unreachable", CloudFindings.Unreachable("The list was refused.", Now.AddHours(-26)), nights),
                Row("none", Cloud(), []),
                Row(Hostile, good, [With(nights[0], FilePresence.Changed), .. nights[1..]]),
                Row("missing", good, [.. nights[..^1], With(nights[8], FilePresence.Missing)]),
                Row("stale", good, nights[2..]),
                Row("failed", Cloud(new Listed(-25.5), new Listed(-1.5) { Status = "<b>FAILED</b>" }), nights[1..]),
                Row("small", good, [Saved(-2, 10), .. nights[1..]]),
                Row("not-tested", good, [With(nights[0], test: null)]),
                Row("new", Cloud(), [], created: Now.AddHours(-3)),
                Row("gone", new CloudFindings { IsListed = false }, nights, gone: Now.AddDays(-3)),
            ];
            return new ReportContent(rows, Now) { Zone = TimeZoneInfo.Utc };
        }
    }

    private protected static InstanceStatus Row(
        string name, CloudFindings? cloud, BackupFile[] files, DateTimeOffset? created = null,
        DateTimeOffset? gone = null) => Assess(
            cloud, files, instance: new InstanceIdentity(Service, "id-" + name)
            {
                Name = name, Engine = "MySQL 8.0", Region = "cn-north-4", CreatedAt = created,
            },
            goneSince: gone);
}
