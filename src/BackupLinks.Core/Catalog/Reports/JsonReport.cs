using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using BackupLinks.Catalog.Status;

namespace BackupLinks.Catalog.Reports;

/// <summary>A report for programs: the rows, with times in UTC, sizes in bytes, and ages in seconds.</summary>
internal static class JsonReport
{
    private const int Version = 1;

    /// <summary>Writes the report.</summary>
    public static byte[] Write(ReportContent content)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            Write(json, "generatedAt", content.Now);
            if (content.ExitCode is { } code)
                json.WriteNumber("exitCode", code);
            json.WriteStartObject("states");
            foreach (var (state, count) in content.Counts)
                json.WriteNumber(state, count);
            json.WriteEndObject();
            json.WriteStartArray("instances");
            foreach (var row in content.WorstFirst)
                Write(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        text.WriteByte((byte)'\n');
        return text.ToArray();
    }

    private static void Write(Utf8JsonWriter json, InstanceStatus row)
    {
        json.WriteStartObject();
        json.WriteString("state", row.State);
        json.WriteString("cloudState", row.CloudState);
        json.WriteString("cloud", row.Cloud);
        json.WriteString("service", row.Service);
        json.WriteString("region", row.Region);
        json.WriteString("instanceId", row.InstanceId);
        json.WriteString("instanceName", row.InstanceName);
        json.WriteString("engine", row.Engine);
        Write(json, "lastBackupTime", row.LastBackupTime);
        json.WriteString("lastBackupId", row.LastBackupId);
        Write(json, "lastSavedAt", row.LastSavedAt);
        Write(json, "ageSeconds", (long?)row.Age?.TotalSeconds);
        Write(json, "size", row.Size);
        Write(json, "medianSize", row.MedianSize);
        Write(json, "lastTestedAt", row.LastTestedAt);
        Write(json, "lastCloudBackupTime", row.LastCloudBackupTime);
        Write(json, "goneSince", row.GoneSince);
        json.WriteStartArray("problems");
        foreach (string problem in row.Problems)
            json.WriteStringValue(problem);
        json.WriteEndArray();
        json.WriteStartArray("backups");
        foreach (var backup in row.Backups)
            Write(json, backup);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, InstanceBackup backup)
    {
        json.WriteStartObject();
        Write(json, "time", backup.Time);
        json.WriteString("state", backup.State);
        json.WriteString("problem", backup.Problem);
        json.WriteString("backupId", backup.BackupId);
        json.WriteString("kind", backup.Kind);
        json.WriteString("type", backup.Type);
        Write(json, "size", backup.Size);
        json.WriteNumber("fileCount", backup.FileCount);
        Write(json, "savedAt", backup.SavedAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time) => json.WriteString(
        name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    private static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }
}
