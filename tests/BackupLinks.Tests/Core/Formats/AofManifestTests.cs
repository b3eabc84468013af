using System.IO;
using System.Linq;
using System.Text;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

public sealed class AofManifestTests
{
    private const string Base = "file appendonly.aof.1.base.rdb seq 1 type b\n";
    private const string Increment = "file appendonly.aof.1.incr.aof seq 1 type i\n";

    [Fact]
    public void A_line_that_names_no_part_is_told_by_its_place()
    {
        const string First = "file appendonly.aof.1.base.rdb seq 1 type b\n# caf\u00e9\n";

        var report = Test(First + "nothing\n");

        Assert.Equal(BackupFileState.Damaged, report.State);
        Assert.Contains($"the line at {Encoding.UTF8.GetByteCount(First)} names no part", report.Problem);
    }

    // The server writes the base, the history and the increments, in this order, and the base alone on a BGREWRITEAOF
    // while appendonly is off.
    [Theory]
    [InlineData("")]
    [InlineData("file appendonly.aof.0.incr.aof seq 0 type h\n")]
    [InlineData(Increment)]
    public void A_manifest_may_have_no_increment_and_a_cut_between_two_lines_cannot_be_told(string behind)
    {
        var report = Test(Base + behind);

        Assert.Equal((BackupFileState.Intact, null, null), (report.State, report.Problem, report.IsWhole));
        Assert.Equal(BackupFileState.Truncated, Test((Base + behind)[..^1]).State);
    }

    [Theory]
    [InlineData("appendonly.aof.2.incr.aof", "x", true)]
    [InlineData("appendonly.aof.2.incr.aof", "", false)]
    [InlineData("other.aof.2.incr.aof", "x", false)]
    [InlineData("appendonly.aof.0.incr.aof", "x", false)]
    [InlineData("temp-appendonly.aof.2.incr.aof", "x", false)]
    public void An_increment_beside_the_manifest_that_it_does_not_name_shows_that_it_is_cut(
        string name, string content, bool isCut)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["appendonly.aof.1.base.rdb"], "x");
        File.WriteAllText(folder["appendonly.aof.1.incr.aof"], "x");
        File.WriteAllText(folder[name], content);

        var report = Test(Base + Increment, folder.Path);

        Assert.Equal(isCut ? BackupFileState.Truncated : BackupFileState.Intact, report.State);
        if (isCut)
        {
            Assert.Equal(
                "cut: the manifest ends with the increment 'appendonly.aof.1.incr.aof', and "
                    + $"'{name}' is beside it",
                report.Problem);
        }
    }

    [Theory]
    [InlineData("appendonly.aof.1.incr.aof", "x", "", true)]
    [InlineData("appendonly.aof.1.incr.aof", "", "", false)]
    [InlineData("other.aof.1.incr.aof", "x", "", false)]
    [InlineData("appendonly.aof.1.incr.aof", "x", "file appendonly.aof.1.incr.aof seq 1 type h\n", false)]
    public void A_base_alone_beside_an_increment_shows_that_the_manifest_is_cut(
        string name, string content, string history, bool isCut)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["appendonly.aof.1.base.rdb"], "x");
        File.WriteAllText(folder[name], content);

        var report = Test(Base + history, folder.Path);

        Assert.Equal(isCut ? BackupFileState.Truncated : BackupFileState.Intact, report.State);
        if (isCut)
            Assert.Equal($"cut: the manifest has no increment, and '{name}' is beside it", report.Problem);
    }

    [Fact]
    public void A_manifest_may_be_of_any_length()
    {
        string history = string.Concat(Enumerable.Range(1, 3000)
            .Select(i => $"file appendonly.aof.{i}.incr.aof seq {i} type h\n"));

        var report = Test(Base + history + Increment);

        Assert.Equal((BackupFileState.Intact, 3002L), (report.State, report.Details["Parts"]));
        Assert.Equal(BackupFileState.Damaged, Test(Base + history + "nothing\n").State);
    }

    // sdscatrepr of sds.c.
    [Theory]
    [InlineData("a b.aof", "\"a b.aof\"")]
    [InlineData("caf\u00e9.aof", "\"caf\\xc3\\xa9.aof\"")]
    [InlineData("a\"b.aof", "\"a\\\"b.aof\"")]
    [InlineData("a'b.aof", "\"a'b.aof\"")]
    public void A_name_in_quotes_has_escaped_bytes(string name, string written)
    {
        using var folder = new TemporaryFolder();
        if (name.Contains('"') && Path.DirectorySeparatorChar == '\\')
            return;
        File.WriteAllText(folder[name], "x");

        Assert.Equal(BackupFileState.Intact, Test($"file {written} seq 1 type i\n", folder.Path).State);
        File.Delete(folder[name]);
        Assert.Contains($"names the part '{name}', which", Test($"file {written} seq 1 type i\n", folder.Path).Problem);
    }

    private static BackupFileReport Test(string manifest, string? folder = null) =>
        FormatTest.Test(Encoding.UTF8.GetBytes(manifest), folder: folder);
}
