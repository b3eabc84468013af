using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Catalog.Status;

/// <summary>
/// The instances that earlier commands saw in the cloud: <c>.backuplinks/instances.json</c>. It holds what the catalog
/// cannot say: which instances are gone, and the last figures of the cloud for one that cannot be reached tonight.
/// </summary>
/// <param name="folder">The full path of the folder with the catalog.</param>
/// <param name="disk">The file system.</param>
internal sealed class KnownInstances(string folder, Disk disk)
{
    private const int Version = 1;

    private readonly string _parent = Path.Combine(folder, CatalogFolder.Name);

    private string File => Path.Combine(_parent, "instances.json");

    /// <summary>The instances; none where the file is not there.</summary>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileUnavailable"/>: it is there, and is another user's, or cannot be read. Without it, the
    /// instances that are gone are not known, whose files must stay.
    /// </exception>
    public IReadOnlyList<KnownInstance> Read()
    {
        try
        {
            if (disk.Look(File) is not { } status)
                return [];
            if (status.Type != FileType.Regular || !CatalogFolder.IsTrusted(disk, status, folder))
                throw Unreadable("it belongs to another user, or is not a file", null);
            using var document = JsonDocument.Parse(disk.WhenClosed(ReadAll));
            return [.. document.RootElement.GetProperty("instances").EnumerateArray()
                .Select(ToInstance).OfType<KnownInstance>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable,
                $"'{File}' is not what Get-BackupStatus wrote, so that the instances that are gone are not known; "
                    + "restore it from a copy, or move it away and pipe all instances of Get-CloudInstance to "
                    + "Get-BackupStatus before the next removal.",
                e);
        }
    }

    /// <summary>Writes the instances, where there is a catalog.</summary>
    /// <exception cref="BackupLinksException">The file cannot be written.</exception>
    public void Write(IEnumerable<KnownInstance> instances)
    {
        if (disk.Look(_parent) is not { Type: FileType.Folder })
            return;
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteStartArray("instances");
            foreach (var known in instances)
                Write(json, known);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        byte[] content = text.ToArray();
        if (!IsThere(content))
            WholeFile.Write(disk, File, content, forAll: false);
    }

    private bool IsThere(byte[] content)
    {
        try
        {
            return disk.Look(File) is { Type: FileType.Regular, IsOwn: true }
                && ReadAll().SequenceEqual(content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Another process may replace the file meanwhile.
    private byte[] ReadAll()
    {
        using var file = new FileStream(
            File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    private BackupLinksException Unreadable(string reason, Exception? cause) => new(
        ErrorKind.FileUnavailable,
        $"'{File}' cannot be read ({reason}), so that the instances that are gone are not known; run the command as "
            + "the user who runs Get-BackupStatus, or give the file to this user.",
        cause);

    private static void Write(Utf8JsonWriter json, KnownInstance known)
    {
        json.WriteStartObject();
        json.WriteString("service", known.Instance.Service);
        json.WriteString("instanceId", known.Instance.InstanceId);
        json.WriteString("name", known.Instance.Name);
        json.WriteString("engine", known.Instance.Engine);
        json.WriteString("region", known.Instance.Region);
        json.WriteString("lastCloudBackupTime", ToText(known.LastCloudBackupTime));
        json.WriteString("goneSince", ToText(known.GoneSince));
        json.WriteEndObject();
    }

    private static KnownInstance? ToInstance(JsonElement json)
    {
        if (Text(json, "service") is not { } service || Text(json, "instanceId") is not { } id)
            return null;
        var instance = new InstanceIdentity(service, id)
        {
            Name = Text(json, "name"), Engine = Text(json, "engine"), Region = Text(json, "region"),
        };
        return new KnownInstance(instance, ToTime(json, "lastCloudBackupTime"), ToTime(json, "goneSince"));
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? ToTime(JsonElement json, string name) => DateTimeOffset.TryParse(
        Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? ToText(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
