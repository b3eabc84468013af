using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BackupLinks.Formats;
using BackupLinks.Tests.Core.Formats;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// Test-BackupFile through the engine: paths, parameters, views, errors. What it finds is tested in Core.
/// </summary>
public sealed class TestBackupFileTests : IDisposable
{
    private static readonly byte[] Rdb = RdbWriter.Small();

    private readonly ModuleHost _module = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_whole_file_is_intact_and_says_what_it_is()
    {
        string path = Write("dump.rdb", Rdb);

        var report = Test("Test-BackupFile $args[0]", path).Single<BackupFileReport>();

        Assert.Equal(
            (path, BackupFileState.Intact, true, "RDB", "9"),
            (report.Path, report.State, report.IsWhole, report.Format, report.FormatVersion));
        Assert.Equal(
            ("Redis 5.0.3", ChecksumCoverage.Verified, null, null),
            (report.Engine, report.Checksum, report.Problem, report.Offset));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1569357787), report.CreatedAt);
        Assert.Equal((Rdb.Length, Convert.ToHexStringLower(SHA256.HashData(Rdb))), (report.Size, report.Sha256));
        Assert.Equal(1L, report.Details["Keys"]);
        Assert.Equal("RDB", Assert.Single(report.Layers).Format);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pipe_that_nothing_writes_is_an_error_and_the_files_beside_it_are_tested(bool isLinked)
    {
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework is for Windows, without pipes.");
        string name = isLinked ? Path.Combine(_folder, "b.link") : Path.Combine(_folder, "b");
        string pipe = isLinked ? Directory.CreateTempSubdirectory("BackupLinks-").FullName : _folder;
        Peers.Peer.Run(Peers.Peer.Require("mkfifo"), Path.Combine(pipe, "b"));
        if (isLinked)
            File.CreateSymbolicLink(name, Path.Combine(pipe, "b"));
        Write("a.rdb", Rdb);
        Write("c.rdb", Rdb);

        var result = _module.Run("Test-BackupFile $args[0]", _folder);

        Assert.Equal(2, result.Output.Count);
        Assert.Contains($"'{name}' is a named pipe", result.SingleError("FileUnavailable").Exception.Message);
        if (isLinked)
            Directory.Delete(pipe, recursive: true);
    }

    [Fact]
    public void A_bad_file_is_a_report_and_not_an_error()
    {
        Write("a.rdb", Rdb);
        Write("b.rdb", Rdb[..^1]);
        Write("c.rdb", []);
        Write("d.rdb", "<html><title>Sign in</title></html>"u8.ToArray());

        var result = Test("Test-BackupFile $args[0] | Where-Object State -ne Intact", _folder);

        Assert.Equal(
            [BackupFileState.Truncated, BackupFileState.Empty, BackupFileState.NotABackup],
            result.Output.Select(item => ((BackupFileReport)item.BaseObject).State));
        Assert.Equal("the file is a web page, 'Sign in'", ((BackupFileReport)result.Output[2].BaseObject).Problem);
    }

    [Theory]
    [InlineData("$args[0] | Test-BackupFile", 2)]
    [InlineData("Test-BackupFile ($args[0] + '/*.rdb')", 2)]
    [InlineData("Test-BackupFile -LiteralPath ($args[0] + '/a[1].rdb')", 1)]
    [InlineData("Test-BackupFile ($args[0] + '/a[1].rdb')", 1)]
    [InlineData("Test-BackupFile $args[0] -Recurse", 3)]
    [InlineData("[IO.FileInfo]::new($args[0] + '/a[1].rdb') | Test-BackupFile", 1)]
    [InlineData("[pscustomobject]@{ Path = $args[0] + '/a[1].rdb' } | Test-BackupFile", 1)]
    [InlineData("Test-BackupFile ($args[0] + '/a[1].rdb') | Test-BackupFile", 1)]
    public void Files_are_found_by_path_wildcard_folder_and_property(string script, int count)
    {
        Write("a[1].rdb", Rdb);
        Write("b.rdb", Rdb);
        Write("c.rdb.partial", Rdb[..20]);
        Write("inner/d.rdb", Rdb);
        Write(".backuplinks/catalog.jsonl", []);

        var result = Test(script, _folder);

        Assert.Equal(
            Enumerable.Repeat(BackupFileState.Intact, count),
            result.Output.Select(item => ((BackupFileReport)item.BaseObject).State));
    }

    [Fact]
    public void States_and_coverages_are_words_in_JSON_and_in_CliXml()
    {
        string good = Write("a.rdb", Rdb), bad = Write("b.rdb", Rdb[..^1]);

        var result = Test(
            "$reports = Test-BackupFile $args; $copies = [System.Management.Automation.PSSerializer]::Deserialize("
            + "[System.Management.Automation.PSSerializer]::Serialize($reports, 4)); "
            + "foreach ($report in @($reports) + $copies) { $report.State; $report.Checksum; $report.Layers[0].State; "
            + "$report.Layers[0].Checksum }; "
            + "@($copies | Where-Object State -ne Intact).Count",
            good,
            bad);

        string[] words = ["Intact", "Verified", "Intact", "Verified", "Truncated", "NotChecked", "Truncated",
        "NotChecked"];
        Assert.Equal([.. words, .. words, 1], result.Output.Select(item => item.BaseObject));
    }

    [Fact]
    public void Reports_keep_the_order_of_the_input()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"{i:00}.rdb")];
        foreach (string name in names)
            Write(name, Rdb);

        var result = Test("Test-BackupFile $args[0] -ThrottleLimit 8", _folder);

        Assert.Equal(names, result.Output.Select(item => Path.GetFileName(((BackupFileReport)item.BaseObject).Path)));
    }

    [Fact]
    public void Quiet_is_true_for_an_intact_file_only()
    {
        string good = Write("a.rdb", Rdb), bad = Write("b.rdb", Rdb[..^1]), log = Write(
            "c.log", "a line of a log\nand another\n"u8.ToArray());

        var result = Test("Test-BackupFile $args -Quiet", good, bad, log);

        Assert.Equal([true, false, false], result.Output.Select(item => (bool)item.BaseObject));
    }

    [Fact]
    public void A_missing_file_is_an_error_with_its_path_and_the_others_go_on()
    {
        string good = Write("a.rdb", Rdb), missing = Path.Combine(_folder, "gone.rdb");

        var result = _module.Run("Test-BackupFile $args", missing, good);

        Assert.Equal(missing, result.SingleError("FileNotFound").TargetObject);
        Assert.Single(result.Output);
        _module.Run("Test-BackupFile ($args[0] + '/*.nothing')", _folder).SingleError("FileNotFound");
        _module.Run("Test-BackupFile Env:PATH").SingleError("FileUnavailable");
    }

    [Fact]
    public void A_hash_is_compared()
    {
        string path = Write("a.rdb", Rdb);
        string sha256 = Convert.ToHexString(SHA256.HashData(Rdb)), md5 = Convert.ToHexStringLower(MD5.HashData(Rdb));

        foreach (string hash in new[] { sha256, md5, "sha256:" + sha256 })
            Assert.Empty(_module.Run("Test-BackupFile $args[0] -ExpectedHash $args[1]", path, hash).Errors);
        foreach (string hash in new[] { new string('0', 64), new string('0', 32) })
            Assert.Equal(
                path, _module.Run("Test-BackupFile $args[0] -ExpectedHash $args[1]", path, hash).SingleError(
                    "HashMismatch").TargetObject);
        _module.Run("Test-BackupFile $args[0] -ExpectedHash 12", path).SingleError("InvalidRequest");
    }

    [Fact]
    public void A_format_that_contradicts_the_content_is_an_error()
    {
        string path = Write("a.rdb", Rdb);

        Assert.Equal(
            BackupFileState.Intact,
            Test("Test-BackupFile $args[0] -Format Rdb", path).Single<BackupFileReport>().State);
        var error = _module.Run("Test-BackupFile $args[0] -Format Tar", path).SingleError("InvalidFormat");
        Assert.Contains("does not begin like tar", error.Exception.Message);
    }

    [Fact]
    public void Depth_says_whether_the_content_of_a_container_counts()
    {
        string path = Write("a.rdb.gz", Compressed.Gzip(Rdb[..^9]));

        var contents = Test("Test-BackupFile $args[0]", path).Single<BackupFileReport>();
        var container = Test("Test-BackupFile $args[0] -Depth Container", path).Single<BackupFileReport>();

        Assert.Equal((BackupFileState.Truncated, "gzip > RDB"), (contents.State, contents.Format));
        Assert.StartsWith("inside the gzip, cut: ", contents.Problem);
        Assert.Equal((BackupFileState.Intact, "gzip"), (container.State, container.Format));
    }

    [Fact]
    public void Table_shows_state_format_engine_and_name_and_so_does_its_copy()
    {
        Write("good.rdb", Rdb);
        Write("bad.rdb", Rdb[..^1]);
        var reports = Test("Test-BackupFile $args[0]", _folder).Output.ToArray();
        object[] copies = [.. reports.Select(report => PSSerializer.Deserialize(PSSerializer.Serialize(report)))];
        foreach (object[] shown in new object[][] { reports, copies })
        {
            int before = _module.Screen.Length;

            _module.Run("param($reports) $reports | Out-Default", [shown]);

            string screen = Regex.Replace(_module.Screen[before..], "\u001b\\[[0-9;]*m", "");
            Assert.Contains($"Directory: {_folder}", screen);
            Assert.Matches(@"(?m)^Intact +RDB +Redis 5\.0\.3 +2019-09-2\d \d\d:\d\d +Verified +good\.rdb\s*$", screen);
            Assert.Matches(@"(?m)^Truncated +RDB .*bad\.rdb\s*$", screen);
        }
    }

    private RunResult Test(string script, params object[] arguments)
    {
        var result = _module.Run(script, arguments);
        result.AssertSilent();
        return result;
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
