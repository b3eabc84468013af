using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>
/// Real files, whole and damaged, with the verdict of an independent judge: a folder with a manifest.json, which the
/// environment variable BACKUPLINKS_CORPUS names.
/// </summary>
public sealed class CorpusTests
{
    private static readonly string[] Good = [BackupFileState.Intact, BackupFileState.Unverifiable];

    [Fact]
    public void No_file_of_the_corpus_is_judged_wrong_and_nothing_is_claimed_that_nothing_verifies()
    {
        string? folder = Environment.GetEnvironmentVariable("BACKUPLINKS_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "BACKUPLINKS_CORPUS does not name a folder with a corpus.");
        var wrong = new List<string>();
        int judged = 0, others = 0;
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        foreach (var entry in manifest.RootElement.EnumerateArray())
        {
            string path = Path.Combine(folder, entry.GetProperty("path").GetString()!);
            // Those that are not stored are made by the corpus's own script.
            if (!File.Exists(path) || entry.GetProperty(
                "ok") is not { ValueKind: JsonValueKind.True or JsonValueKind.False } isGood)
                continue;
            var report = BackupFileTester.Test(path, new BackupTestOptions(), progress: null, CancellationToken.None);
            judged++;
            if (Good.Contains(report.State) != isGood.GetBoolean()
                || report.Problem?.Contains(BackupTest.Untested) == true)
                wrong.Add($"{path}: {report.State}, {report.Problem}");
            else if (!entry.GetProperty("accept").EnumerateArray().Any(state => state.GetString() == $"{report.State}"))
                others++;
            else if (report.Checksum == ChecksumCoverage.Verified
                && entry.GetProperty("verdict").GetString() == "Intact" && entry.GetProperty("checksum")
                .GetString() != "Verified")
                wrong.Add($"{path}: claims to be verified");
        }

        Assert.Empty(wrong);
        Assert.InRange(others, 0, judged / 20);
    }
}
