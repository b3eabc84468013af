using System;
using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Catalog.Status;

/// <summary>
/// Judges all instances: those that the cloud lists, and those that only the catalog, or an earlier command, knows.
/// </summary>
internal sealed class FleetAssessment
{
    private static readonly IReadOnlyList<SavedBackup> Nothing = [];

    private readonly StatusSettings _settings;
    private readonly Dictionary<(string Service, string Id), IReadOnlyList<SavedBackup>> _saved;
    private readonly Dictionary<(string Service, string Id), KnownInstance> _before;
    private readonly Dictionary<(string Service, string Id), KnownInstance> _after = [];
    private readonly List<InstanceStatus> _newlyGone = [];

    /// <summary>Prepares the judgement.</summary>
    /// <param name="files">The files that the catalog knows; those whose instance is not known count for none.</param>
    /// <param name="known">The instances that earlier commands saw.</param>
    /// <param name="settings">What counts as too old, and as too small.</param>
    public FleetAssessment(
        IEnumerable<BackupFile> files, IEnumerable<KnownInstance> known, StatusSettings settings)
    {
        _settings = settings;
        _saved = SavedBackup.Group(files.Where(file => file.InstanceId is not null))
            .GroupBy(backup => (backup.Service ?? "", backup.InstanceId!))
            .ToDictionary(group => group.Key, group => (IReadOnlyList<SavedBackup>)[.. group]);
        _before = known.GroupBy(each => KeyOf(each.Instance)).ToDictionary(group => group.Key, group => group.Last());
    }

    /// <summary>The instances that are known now, for the next command.</summary>
    public IEnumerable<KnownInstance> Known => _after.OrderBy(each => each.Key.Service, StringComparer.Ordinal)
        .ThenBy(each => each.Key.Id, StringComparer.Ordinal).Select(each => each.Value);

    /// <summary>The instances that are gone since the command before.</summary>
    public IReadOnlyList<InstanceStatus> NewlyGone => _newlyGone;

    /// <summary>When the newest good backup of an instance in the cloud was begun, as it was known before.</summary>
    public DateTimeOffset? LastKnown(InstanceIdentity instance) =>
        _before.TryGetValue(KeyOf(instance), out var known) ? known.LastCloudBackupTime : null;

    /// <summary>Judges an instance that the cloud lists; null for one that was judged before.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="cloud">What the cloud says of its backups; null for a service that lists none.</param>
    /// <param name="now">The time by the clock of the service.</param>
    public InstanceStatus? Judge(InstanceIdentity instance, CloudFindings? cloud, DateTimeOffset now)
    {
        var key = KeyOf(instance);
        if (_after.ContainsKey(key))
            return null;
        var saved = SavedOf(key);
        if (saved.Count > 0)
            instance = instance.With(InstanceIdentity.Of(saved));
        var row = StatusAssessment.Assess(instance, saved, cloud, _settings, now);
        _after.Add(key, new KnownInstance(instance, row.LastCloudBackupTime, GoneSince: null));
        return row;
    }

    /// <summary>Judges the instances that did not come; the last call.</summary>
    /// <param name="absence">What it means that they did not; null when no instances were to come.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<InstanceStatus> JudgeAbsent(AbsenceRule? absence, DateTimeOffset now)
    {
        var rows = new List<InstanceStatus>();
        foreach (var key in _saved.Keys.Union(_before.Keys).Where(key => !_after.ContainsKey(key)).ToArray())
        {
            if (JudgeAbsent(key, absence, now) is { } row)
                rows.Add(row);
        }

        return [.. rows.OrderBy(row => row.Service, StringComparer.Ordinal)
            .ThenBy(row => row.InstanceName, StringComparer.OrdinalIgnoreCase)
            .ThenBy(row => row.InstanceId, StringComparer.Ordinal)];
    }

    private InstanceStatus? JudgeAbsent((string Service, string Id) key, AbsenceRule? absence, DateTimeOffset now)
    {
        var saved = SavedOf(key);
        _before.TryGetValue(key, out var known);
        var instance = saved.Count > 0 ? InstanceIdentity.Of(saved).With(known?.Instance) : known!.Instance;
        var goneSince = known?.GoneSince;
        var cloud = goneSince is null ? absence?.Judge(instance, known?.LastCloudBackupTime)
            : absence is null ? null : new CloudFindings { IsListed = false };
        bool isGone = cloud is { IsGone: true };
        // With its last file, an instance that is not listed is forgotten, also where its service lists none.
        if (saved.Count == 0 && (cloud is { IsListed: false } || goneSince is not null))
            return null;
        if (isGone)
            goneSince ??= now;
        if (known is not null || isGone)
            _after.Add(key, new KnownInstance(instance, known?.LastCloudBackupTime, goneSince));
        if (saved.Count == 0 && cloud is null)
            return null;
        var row = StatusAssessment.Assess(instance, saved, cloud, _settings, now, goneSince);
        if (isGone && known?.GoneSince is null)
            _newlyGone.Add(row);
        return row;
    }

    private IReadOnlyList<SavedBackup> SavedOf((string Service, string Id) key) =>
        _saved.TryGetValue(key, out var saved) ? saved : Nothing;

    private static (string Service, string Id) KeyOf(InstanceIdentity instance) =>
        (instance.Service, instance.InstanceId);
}
