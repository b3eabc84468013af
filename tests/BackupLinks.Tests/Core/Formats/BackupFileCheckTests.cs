using System;
using System.Linq;
using BackupLinks.Formats;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>The test of a file that is still coming.</summary>
public sealed class BackupFileCheckTests
{
    public static TheoryData<string> Fixtures => FormatFixtures.Names;

    [Theory, MemberData(nameof(Fixtures))]
    public void A_file_that_comes_in_blocks_gets_the_report_of_a_test_afterwards(string name)
    {
        byte[] file = FormatFixtures.Get(name);
        foreach (byte[] content in new[] { file, file[..(file.Length / 2)] })
        {
            var expected = FormatTest.Test(content);
            using var check = new BackupFileCheck();
            for (int at = 0; at < content.Length; at += 777)
                check.Append(content, at, Math.Min(777, content.Length - at));

            var report = check.Complete("file", sha256: null);

            Assert.Equal(
                (expected.State, expected.Format, expected.Checksum, expected.Problem, expected.Size),
                (report.State, report.Format, report.Checksum, report.Problem, report.Size));
        }
    }

    [Fact]
    public void The_buffer_may_be_used_again_at_once()
    {
        byte[] file = FormatFixtures.Get("rdb");
        byte[] buffer = new byte[100];
        using var check = new BackupFileCheck();
        for (int at = 0; at < file.Length; at += buffer.Length)
        {
            int count = Math.Min(buffer.Length, file.Length - at);
            Array.Copy(file, at, buffer, 0, count);
            check.Append(buffer, 0, count);
            Array.Clear(buffer);
        }

        Assert.Equal(BackupFileState.Intact, check.Complete("file", sha256: null).State);
    }

    [Fact]
    public void A_page_that_comes_in_blocks_is_not_a_backup()
    {
        byte[] page = [.. "<!DOCTYPE html>"u8, .. Enumerable.Repeat((byte)' ', 300_000)];
        using var check = new BackupFileCheck();
        check.Append(page, 0, 100_000);
        check.Append(page, 100_000, 100_000);
        check.Append(page, 200_000, 100_000);

        var report = check.Complete("file", sha256: null);
        Assert.Equal((BackupFileState.NotABackup, "the file is a web page"), (report.State, report.Problem));
    }

    [Fact]
    public void A_test_that_is_given_up_ends_and_no_thread_waits()
    {
        var check = new BackupFileCheck();
        check.Append(FormatFixtures.Get("gzip"), 0, 100);

        check.Dispose();

        check.Append(new byte[10], 0, 10);
        check.Append(new byte[10], 0, 10);
    }
}
