using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Catalog.Status;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Text;

namespace BackupLinks.Catalog;

/// <summary>Reads what a report is made of: objects of this session, or those that were read back.</summary>
internal static class StatusReader
{
    /// <summary>The row of an instance.</summary>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidRequest"/>: the object is not a row.
    /// </exception>
    public static InstanceStatus ReadRow(PSObject item)
    {
        if (item.BaseObject is InstanceStatus live)
            return live;
        string? id = PropertyValue.TryText(item, nameof(InstanceStatus.InstanceId));
        string? state = PropertyValue.TryText(item, nameof(InstanceStatus.State));
        if (id is null || state is null || InstanceState.Rank(state) < 0)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidRequest,
                ScreenText.Sentence($"An object of type {item.TypeNames.FirstOrDefault()} is not a row of a report; ")
                + "pipe the output of Get-BackupStatus.");
        }

        return new InstanceStatus(id)
        {
            State = state,
            Problems = [.. List(item, nameof(InstanceStatus.Problems)).Select(problem => problem.ToString())],
            Cloud = PropertyValue.TryText(item, nameof(InstanceStatus.Cloud)),
            Service = PropertyValue.TryText(item, nameof(InstanceStatus.Service)),
            Region = PropertyValue.TryText(item, nameof(InstanceStatus.Region)),
            InstanceName = PropertyValue.TryText(item, nameof(InstanceStatus.InstanceName)),
            Engine = PropertyValue.TryText(item, nameof(InstanceStatus.Engine)),
            LastBackupTime = PropertyValue.TryTime(item, nameof(InstanceStatus.LastBackupTime)),
            LastBackupId = PropertyValue.TryText(item, nameof(InstanceStatus.LastBackupId)),
            LastSavedAt = PropertyValue.TryTime(item, nameof(InstanceStatus.LastSavedAt)),
            Age = TimeSpan.TryParse(
                PropertyValue.TryText(item, nameof(InstanceStatus.Age)), CultureInfo.InvariantCulture, out var age)
                ? age : null,
            Size = Number(item, nameof(InstanceStatus.Size)),
            MedianSize = Number(item, nameof(InstanceStatus.MedianSize)),
            LastTestedAt = PropertyValue.TryTime(item, nameof(InstanceStatus.LastTestedAt)),
            CloudState = PropertyValue.TryText(item, nameof(InstanceStatus.CloudState)) ?? InstanceState.NotAsked,
            LastCloudBackupTime = PropertyValue.TryTime(item, nameof(InstanceStatus.LastCloudBackupTime)),
            GoneSince = PropertyValue.TryTime(item, nameof(InstanceStatus.GoneSince)),
            Backups = [.. List(item, nameof(InstanceStatus.Backups)).Select(ReadBackup).OfType<InstanceBackup>()],
        };
    }

    /// <summary>A file with its SHA-256; null for an object that is not one.</summary>
    public static BackupFile? ReadFile(PSObject item)
    {
        if (item.BaseObject is BackupFile live)
            return live;
        string? path = PropertyValue.TryText(item, nameof(BackupFile.Path));
        string? sha256 = PropertyValue.TryText(item, nameof(BackupFile.Sha256));
        return path is null || sha256 is null ? null : new BackupFile(path) { Sha256 = sha256 };
    }

    // Export-Clixml writes only the text of what is deeper than it goes.
    private static InstanceBackup? ReadBackup(PSObject item) =>
        item.BaseObject is InstanceBackup live ? live
        : PropertyValue.TryTime(item, nameof(InstanceBackup.Time)) is not { } time ? null : new InstanceBackup
        {
            Time = time,
            State = PropertyValue.TryText(item, nameof(InstanceBackup.State)) ?? InstanceState.Ok,
            Problem = PropertyValue.TryText(item, nameof(InstanceBackup.Problem)),
            BackupId = PropertyValue.TryText(item, nameof(InstanceBackup.BackupId)),
            Kind = PropertyValue.TryText(item, nameof(InstanceBackup.Kind)),
            Type = PropertyValue.TryText(item, nameof(InstanceBackup.Type)),
            Size = Number(item, nameof(InstanceBackup.Size)),
            FileCount = (int)(Number(item, nameof(InstanceBackup.FileCount)) ?? 0),
            SavedAt = PropertyValue.TryTime(item, nameof(InstanceBackup.SavedAt)),
        };

    private static long? Number(PSObject item, string name) => long.TryParse(
        PropertyValue.TryText(item, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
        ? number : null;

    private static IEnumerable<PSObject> List(PSObject item, string name)
    {
        object? value = item.Properties[name] is { } property ? PropertyValue.Of(property) : null;
        return (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => [],
            IEnumerable list and not string => list.Cast<object?>().OfType<object>().Select(PSObject.AsPSObject),
            var single => [PSObject.AsPSObject(single)],
        };
    }
}
