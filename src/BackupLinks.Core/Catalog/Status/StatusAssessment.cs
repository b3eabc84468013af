using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Catalog.Retention;
using BackupLinks.Discovery;
using BackupLinks.Formats;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Catalog.Status;

/// <summary>Judges how well one instance is backed up, by what is saved of it and by what the cloud says.</summary>
/// <param name="settings">What counts as too old, and as too small.</param>
/// <param name="now">The time by the clock of the service.</param>
internal sealed class StatusAssessment(StatusSettings settings, DateTimeOffset now)
{
    private readonly List<(string State, string Problem)> _problems = [];

    /// <summary>The status of an instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="saved">What is saved of it; may be nothing.</param>
    /// <param name="cloud">What the cloud says; null when it was not requested.</param>
    /// <param name="settings">What counts as too old, and as too small.</param>
    /// <param name="now">The time by the clock of the service.</param>
    /// <param name="goneSince">Since when its list does not have it; null for an instance that is listed.</param>
    public static InstanceStatus Assess(
        InstanceIdentity instance, IReadOnlyList<SavedBackup> saved, CloudFindings? cloud, StatusSettings settings,
        DateTimeOffset now, DateTimeOffset? goneSince = null) =>
        new StatusAssessment(settings, now).Assess(instance, saved, cloud, goneSince);

    private InstanceStatus Assess(
        InstanceIdentity instance, IReadOnlyList<SavedBackup> saved, CloudFindings? cloud, DateTimeOffset? goneSince)
    {
        SavedBackup[] newestFirst = [.. saved.OrderByDescending(backup => backup, BackupOrder.OldestFirst)];
        cloud = cloud?.Expect(PartBackups.FindParts(saved));
        var parts = PartBackups.Split(newestFirst, cloud?.Parts);
        // As good as the worst of its parts.
        var newest = parts.Any(part => part.Newest is null) ? null
            : parts.Select(part => part.Newest!).OrderBy(backup => backup, BackupOrder.OldestFirst).First();
        bool isGone = goneSince is not null || cloud is { IsGone: true };
        InstanceBackup[] backups = [.. newestFirst.Select(ToBackup)];
        AddDiskProblems(newestFirst, backups, parts);
        string cloudState = cloud is null ? InstanceState.NotAsked : JudgeCloud(instance, cloud, saved.Count > 0);
        if (isGone)
        {
            string since = goneSince is null ? "" : " since " + AgeText.FormatMoment(goneSince.Value);
            Add(InstanceState.Gone, $"The list of its service does not have it{since}.");
        }
        else
        {
            if (newest is null)
                JudgeAbsence(parts, cloudState, cloud is null or { HasGood: true } or { Problem: not null });
            // A backup of the whole instance is one, for however many parts it counts.
            foreach (var part in parts.Where(part => part.Newest is not null).GroupBy(part => part.Newest))
                JudgeNewest(part.First(), cloud);
        }

        (string State, string Problem)[] all =
            [.. _problems.OrderBy(problem => InstanceState.Rank(problem.State))];
        return new InstanceStatus(instance.InstanceId)
        {
            State = all.Length > 0 ? all[0].State : InstanceState.Ok,
            Problems = [.. all.Where(problem => problem.Problem.Length > 0).Select(problem => problem.Problem)],
            Cloud = instance.Cloud,
            Service = instance.Service.Length > 0 ? instance.Service : null,
            Region = instance.Region,
            InstanceName = instance.Name,
            Engine = instance.Engine,
            LastBackupTime = newest?.Time,
            LastBackupId = newest?.Id,
            LastSavedAt = newest?.SavedAt,
            Age = newest is null ? null : now - newest.Time,
            Size = newest is null ? null : parts.Select(part => part.Newest!).Distinct().Sum(backup => backup.Size),
            MedianSize = newest is null || parts.Any(part => part.Size?.Median is null) ? null
                : parts.GroupBy(part => part.Newest).Sum(part => part.First().Size!.Median),
            LastTestedAt = newest?.Files.Max(file => file.TestedAt),
            CloudState = cloudState,
            LastCloudBackupTime = cloud?.NewestGood,
            GoneSince = goneSince,
            Backups = [.. backups.Concat(cloud is null ? [] : cloud.Failures.Where(failure => failure.Time is not null)
                .Select(ToBackup)).OrderByDescending(backup => backup.Time)],
        };
    }

    private void Add(string state, string problem) => _problems.Add((state, problem));

    private string JudgeCloud(InstanceIdentity instance, CloudFindings cloud, bool isSaved)
    {
        if (cloud.Problem is { } problem)
        {
            Add(InstanceState.Unreachable, problem);
            return InstanceState.Unreachable;
        }

        if (!cloud.IsListed)
            return InstanceState.Gone;
        CloudFailure[] failures = [.. cloud.Failures.Where(failure => failure.IsNewest)];
        if (failures.OrderByDescending(failure => failure.Time).FirstOrDefault() is { } failed)
        {
            string time = failed.Time is { } known ? " of " + AgeText.FormatMoment(known) : "";
            string word = failed.Status is null ? "" : $" ('{ScreenText.Excerpt(failed.Status)}')";
            Add(InstanceState.Failed, $"The newest backup in the cloud{time} failed{word}.");
        }

        if (!cloud.HasGood)
        {
            bool isNew = !isSaved && now - instance.CreatedAt < settings.MaximumAge;
            if (isNew && failures.Length > 0)
                return InstanceState.Failed;
            Add(
                isNew ? InstanceState.New : InstanceState.NoBackupInCloud,
                isNew ? "" : DescribeAbsence(instance, cloud));
            return isNew ? InstanceState.New : InstanceState.NoBackupInCloud;
        }

        return IsStale(cloud.NewestGood) ? InstanceState.Stale
            : failures.Length > 0 ? InstanceState.Failed : InstanceState.Ok;
    }

    private void AddDiskProblems(
        SavedBackup[] saved, InstanceBackup[] backups, IReadOnlyList<PartBackups> parts)
    {
        for (int i = 0; i < saved.Length; i++)
        {
            var backup = backups[i];
            // A part of an older backup is of no interest once a newer one is whole.
            bool isAlarm = backup.State == InstanceState.Damaged
                || (backup.State == InstanceState.Missing && !(IsPart(saved[i]) && IsReplaced(saved[i], parts)));
            if (isAlarm)
                Add(backup.State, $"The backup of {AgeText.FormatMoment(backup.Time)}: {backup.Problem}.");
        }
    }

    // Nothing that is saved can be restored. Where the cloud has nothing either, that is the problem.
    private void JudgeAbsence(IReadOnlyList<PartBackups> parts, string cloudState, bool mayBeInCloud)
    {
        if (mayBeInCloud && !_problems.Exists(each => each.State is InstanceState.Missing or InstanceState.Damaged))
        {
            foreach (var part in parts.Where(part => part.Newest is null))
                Add(InstanceState.Missing, DescribeAbsence(part));
        }

        if (cloudState == InstanceState.Stale)
        {
            Add(
                InstanceState.Stale,
                $"The newest backup in the cloud is older than {AgeText.Format(settings.MaximumAge)}.");
        }
    }

    // Only a person knows that a shard is no longer one.
    private static string DescribeAbsence(InstanceIdentity instance, CloudFindings cloud)
    {
        if (cloud.PartsWithoutGood.Count == 0)
            return "The cloud has no backup that can be downloaded.";
        string names = string.Join("', '", cloud.PartsWithoutGood);
        string problem = ScreenText.Sentence($"The cloud has no backup of shard '{names}' that can be downloaded");
        string? unlisted = cloud.PartsWithoutGood.FirstOrDefault(name => cloud.Parts!.All(part => part.Part != name));
        if (unlisted is null)
            return problem + ".";
        string id = ScreenText.Excerpt(instance.InstanceId);
        return problem + $"; if the instance no longer has it, remove its files: Get-BackupFile -InstanceId {id} | "
            + $"Where-Object Part -EQ '{ScreenText.Excerpt(unlisted)}' | Remove-BackupFile -InstanceId {id} -All.";
    }

    private static string DescribeAbsence(PartBackups part)
    {
        if (part.FindAlone() is not { } alone)
            return $"No backup{(part.Part is null ? " of it" : part.Label)} is saved.";
        string time = AgeText.FormatMoment(alone.Time);
        return alone.Kind is null
            ? ScreenText.Sentence($"The backup of {time}: its type '{alone.Type}' is not known")
                + ", so it may not restore by itself."
            : $"The backup of {time}: its full backup is not saved.";
    }

    private void JudgeNewest(PartBackups part, CloudFindings? cloud)
    {
        var newest = part.Newest!;
        if (IsStale(newest.Time))
        {
            string age = newest.Time - now > AgeCheck.MostAhead ? "which is in the future"
                : $"{AgeText.Format(now - newest.Time)} ago; {AgeText.Format(settings.MaximumAge)} are allowed";
            string other = cloud is { Problem: null, NewestGood: { } there } && there > newest.Time
                ? $", and the cloud has one of {AgeText.FormatMoment(there)} that is not saved" : "";
            Add(
                InstanceState.Stale,
                $"The newest good backup{part.Label} is of {AgeText.FormatMoment(newest.Time)}, {age}{other}.");
        }

        foreach (string kind in (string[])[BackupKind.Full, BackupKind.Incremental])
        {
            if (part.CheckSize(kind) is { } check && check.IsSuspicious(settings.MinimumSizeRatio))
            {
                string median = check.Median is { } bytes
                    ? $"; the median of the {check.Count} before it is {bytes}" : "";
                Add(
                    InstanceState.Suspicious,
                    $"The backup{part.Label} of {AgeText.FormatMoment(check.Backup.Time)} has {check.Backup.Size} bytes"
                        + median + ".");
            }
        }

        if (!newest.IsTested)
        {
            Add(
                InstanceState.NotTested,
                $"The backup{part.Label} of {AgeText.FormatMoment(newest.Time)} was not tested.");
        }
    }

    private bool IsStale(DateTimeOffset? time) =>
        time is null || now - time > settings.MaximumAge || time - now > AgeCheck.MostAhead;

    private static bool IsReplaced(SavedBackup backup, IReadOnlyList<PartBackups> parts) =>
        parts.All(part => !part.Has(backup) || part.Newest?.Time > backup.Time);

    private static bool IsPart(SavedBackup backup) => backup.Lost.Count == 0 && !backup.Files.Any(IsUnreadable);

    private static InstanceBackup ToBackup(SavedBackup backup)
    {
        var (state, problem) = Judge(backup);
        return new InstanceBackup
        {
            Time = backup.Time,
            State = state,
            Problem = problem,
            BackupId = backup.Files[0].BackupId ?? backup.Files[0].LogId,
            Kind = backup.Kind,
            Type = backup.Type,
            Size = backup.Size,
            FileCount = backup.PartCount,
            ExpectedFileCount = backup.ExpectedPartCount,
            SavedAt = backup.SavedAt,
        };
    }

    private static InstanceBackup ToBackup(CloudFailure failure) => new()
    {
        Time = failure.Time!.Value,
        State = InstanceState.Failed,
        Problem = $"it failed in the cloud ('{ScreenText.Excerpt(failure.Status ?? "failed")}')",
        BackupId = failure.BackupId,
    };

    private static (string State, string? Problem) Judge(SavedBackup backup)
    {
        // One that was saved anew beside the bad one is healed.
        if (backup.Files.FirstOrDefault(file => IsBad(file) && !backup.HasGoodCopy(file)) is { } bad)
        {
            string what = bad.State == FilePresence.Changed ? "has changed since it was saved"
                : $"is {bad.TestState}" + (bad.Problem is null ? "" : $": {bad.Problem.TrimEnd('.')}");
            return (InstanceState.Damaged, ScreenText.Sentence($"'{bad.Name}' ") + what);
        }

        if (backup.Lost.Count > 0)
        {
            string more = backup.Lost.Count > 1 ? $", nor are {backup.Lost.Count - 1} other files of it" : "";
            return (InstanceState.Missing, ScreenText.Sentence($"'{backup.Lost[0].Name}' is not on the disk") + more);
        }

        if (!backup.IsWhole && backup.Files.FirstOrDefault(IsUnreadable) is { } closed)
        {
            return (
                InstanceState.Missing,
                ScreenText.Sentence($"'{closed.Name}' cannot be read on the disk; check its permissions"));
        }

        if (backup.PartCount < backup.ExpectedPartCount)
        {
            return (
                InstanceState.Missing,
                $"only {backup.PartCount} of its {backup.ExpectedPartCount} files are saved");
        }

        return (backup.IsTested ? InstanceState.Ok : InstanceState.NotTested, null);
    }

    private static bool IsUnreadable(BackupFile file) => file.State == FilePresence.Unreadable;

    // Whether a file is bad is not known where it is not there.
    private static bool IsBad(BackupFile file) => file.State == FilePresence.Changed
        || (file.State == FilePresence.Present && BackupFileState.IsProblem(file.TestState));
}
