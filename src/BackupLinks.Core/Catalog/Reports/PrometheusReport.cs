using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Catalog.Reports;

/// <summary>
/// Gauges in the text format of Prometheus, for the textfile collector of the node exporter. There is no age: a file
/// that no run renews would say a young age for ever.
/// </summary>
/// <param name="content">What to tell.</param>
/// <param name="before">The text of the report before; empty for none.</param>
internal sealed class PrometheusReport(ReportContent content, string before = "")
{
    private const string LastCloudSuccess = "backuplinks_cloud_last_success_timestamp_seconds";

    private static readonly DateTimeOffset Epoch = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly StringBuilder _text = new();
    private readonly InstanceStatus[] _rows = [.. content.WorstFirst];

    /// <summary>Writes the report.</summary>
    /// <param name="content">What to tell.</param>
    /// <param name="before">
    /// The text of the report before: an instance that is unreachable keeps the figures that it has there.
    /// </param>
    public static byte[] Write(ReportContent content, string before = "") =>
        new PrometheusReport(content, before).Write();

    private byte[] Write()
    {
        Add(
            "backuplinks_last_success_timestamp_seconds",
            "Begin of the newest good backup that is saved, in seconds since 1970.",
            _rows.Select(row => (Labels(row), Seconds(row.LastBackupTime))));
        Add(
            LastCloudSuccess,
            "Begin of the newest backup in the cloud that can be downloaded, in seconds since 1970.",
            _rows.Select(row => (Labels(row), Seconds(row.LastCloudBackupTime) ?? Before(row))));
        Add(
            "backuplinks_backup_size_bytes", "Size of the newest good backup that is saved.",
            _rows.Select(row => (Labels(row), row.Size)));
        Add(
            "backuplinks_backup_state", "1 for the state that the instance is in, 0 for the others.",
            _rows.SelectMany(row => InstanceState.WorstFirst.Select(
                state => (Labels(row, ("state", state)), (long?)(row.State == state ? 1 : 0)))));
        Add(
            "backuplinks_instance_info", "The name and the engine of the instance.",
            _rows.Select(row => (Labels(row, ("name", row.InstanceName), ("engine", row.Engine)), (long?)1)));
        Add(
            "backuplinks_last_run_timestamp_seconds", "End of the last run, in seconds since 1970.",
            [("", Seconds(content.Now))]);
        if (content.ExitCode is { } code)
            Add("backuplinks_last_run_exit_code", "Exit code of the last run; 0 for success.", [("", code)]);
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    private void Add(string name, string help, IEnumerable<(string Labels, long? Value)> series)
    {
        var known = series.Where(each => each.Value is not null).ToArray();
        if (known.Length == 0)
            return;
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
            .Append("# TYPE ").Append(name).Append(" gauge\n");
        foreach (var (labels, value) in known)
        {
            _text.Append(name).Append(labels).Append(' ')
                .Append(value!.Value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        }
    }

    private long? Before(InstanceStatus row)
    {
        if (row.CloudState != InstanceState.Unreachable)
            return null;
        string start = $"{LastCloudSuccess}{Labels(row)} ";
        string? line = before.Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        return line is not null && long.TryParse(
            line.Substring(start.Length), NumberStyles.Integer, CultureInfo.InvariantCulture, out long value)
            ? value : null;
    }

    private static string Labels(InstanceStatus row, params (string Name, string? Value)[] others)
    {
        (string Name, string? Value)[] all =
        [
            ("cloud", row.Cloud), ("service", row.Service), ("region", row.Region), ("instance_id", row.InstanceId),
            .. others,
        ];
        return "{" + string.Join(",", all.Select(label => $"{label.Name}=\"{Escape(label.Value ?? "")}\"")) + "}";
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "");

    private static long? Seconds(DateTimeOffset? time) => time is { } known ? (long)(known - Epoch).TotalSeconds : null;
}
