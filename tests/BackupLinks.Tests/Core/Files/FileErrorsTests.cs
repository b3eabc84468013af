using System;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

public sealed class FileErrorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(28, ErrorKind.DiskFull, "; a download resumes")]
    [InlineData(122, ErrorKind.DiskFull, "make room")]
    [InlineData(69, ErrorKind.DiskFull, "make room")]
    [InlineData(unchecked((int)0x80070070), ErrorKind.DiskFull, "make room")]
    [InlineData(unchecked((int)0x80070027), ErrorKind.DiskFull, "make room")]
    [InlineData(unchecked((int)0x8007050F), ErrorKind.DiskFull, "make room")]
    [InlineData(27, ErrorKind.DestinationUnavailable, "larger than its file system")]
    [InlineData(unchecked((int)0x800700DF), ErrorKind.DestinationUnavailable, "larger than its file system")]
    [InlineData(24, ErrorKind.DestinationUnavailable, "-ThrottleLimit of downloads")]
    [InlineData(23, ErrorKind.DestinationUnavailable, "-ThrottleLimit")]
    [InlineData(30, ErrorKind.DestinationUnavailable, "read-only")]
    [InlineData(unchecked((int)0x80070004), ErrorKind.DestinationUnavailable, "-ThrottleLimit")]
    [InlineData(11, ErrorKind.FileInUse, "another process")]
    [InlineData(35, ErrorKind.FileInUse, "another process")]
    [InlineData(unchecked((int)0x80070020), ErrorKind.FileInUse, "another process")]
    [InlineData(unchecked((int)0x80070021), ErrorKind.FileInUse, "another process")]
    [InlineData(unchecked((int)0x800704C8), ErrorKind.FileInUse, "another process")]
    [InlineData(unchecked((int)0x8007007B), ErrorKind.DestinationUnavailable, "not a valid file name")]
    [InlineData(5, ErrorKind.DestinationUnavailable, "the reason")]
    public void Each_error_of_a_disk_has_its_sentence(int number, ErrorKind kind, string words)
    {
        var error = FileErrors.ToException(new IOException("the reason", number), "/data/dump.rdb", isNew: false);

        Assert.Equal(kind, error.Kind);
        Assert.Contains(words, error.Message);
        Assert.Contains("'/data/dump.rdb'", error.Message);
    }

    [Theory]
    [InlineData(27, true)]
    [InlineData(24, true)]
    [InlineData(unchecked((int)0x800700DF), false)]
    [InlineData(unchecked((int)0x80070004), false)]
    public void Only_a_system_that_has_the_command_is_advised_to_use_it(int number, bool hasCommand)
    {
        var error = FileErrors.ToException(new IOException("the reason", number), "/data/dump.rdb", isNew: false);

        Assert.Equal(hasCommand, error.Message.Contains("ulimit"));
    }

    [Fact]
    public void A_path_that_is_too_long_is_an_error_that_says_so()
    {
        var error = FileErrors.ToException(new PathTooLongException("the reason"), "/data/dump.rdb", isNew: true);

        Assert.Equal(ErrorKind.DestinationUnavailable, error.Kind);
        Assert.Contains("'/data/dump.rdb' is too long a path", error.Message);
        Assert.Contains("PowerShell 7", FileErrors.TooLong("dump.rdb", isFramework: true));
        Assert.Contains("LongPathsEnabled", FileErrors.TooLong("dump.rdb", isFramework: true));
        Assert.DoesNotContain("PowerShell", FileErrors.TooLong("dump.rdb", isFramework: false));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(unchecked((int)0x80070050))]
    [InlineData(unchecked((int)0x800700B7))]
    public void A_file_that_was_created_meanwhile_is_FileExists_only_where_none_was_to_be(int number)
    {
        var error = new IOException("the reason", number);

        Assert.Equal(ErrorKind.FileExists, KindOf(error, isNew: true));
        Assert.Equal(ErrorKind.DestinationUnavailable, KindOf(error, isNew: false));
        Assert.Equal(ErrorKind.DestinationUnavailable, KindOf(new IOException("the reason", 5), isNew: true));

        static ErrorKind KindOf(Exception error, bool isNew) =>
            FileErrors.ToException(error, "/data/dump.rdb", isNew).Kind;
    }

    [Fact]
    public void A_number_counts_only_for_an_error_of_the_disk()
    {
        var other = new UnauthorizedAccessException("the reason") { HResult = 28 };

        Assert.False(FileErrors.IsDiskFull(other));
        other.HResult = 17;
        Assert.False(FileErrors.IsThere(other));
    }

    // EFBIG comes out of the framework as an ArgumentOutOfRangeException.
    [Fact]
    public void A_file_beyond_what_the_file_system_holds_is_an_error_of_the_disk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limits of other systems are others.");
        using var file = PositionalFile.Open(_folder["dump.rdb"], FileMode.CreateNew);

        var error = Assert.ThrowsAny<IOException>(() => file.Write([1], 1, long.MaxValue - 1));

        Assert.Equal(SystemErrors.FileTooLarge, error.HResult);
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(38, true)]
    [InlineData(95, true)]
    [InlineData(30, false)]
    [InlineData(28, false)]
    [InlineData(5, false)]
    [InlineData(1, false)]
    public void A_call_that_a_file_system_does_not_have_is_not_a_failure_and_a_failure_is_one(
        int number, bool isOrnament)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The numbers are those of Linux.");
        Assert.Equal(isOrnament, SystemErrors.IsNotSupported(number));
    }

    [Fact]
    public void A_file_that_another_process_has_open_is_refused_where_it_could_not_be_replaced()
    {
        string path = _folder["dump.rdb"];
        File.WriteAllText(path, "theirs");
        FileErrors.RequireClosed(path);

        using var other = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);

        Assert.Equal(
            ErrorKind.FileInUse, Assert.Throws<BackupLinksException>(() => FileErrors.RequireClosed(path)).Kind);
    }

    [Fact]
    public void A_file_is_the_same_under_another_name_and_another_file_is_not()
    {
        File.WriteAllText(_folder["one"], "");
        File.WriteAllText(_folder["two"], "");
        var one = FileStatusReader.OfPath(_folder["one"])!;

        Assert.False(one.IsSameFile(FileStatusReader.OfPath(_folder["two"])));
        Assert.False(one.IsSameFile(FileStatusReader.OfPath(_folder["three"])));
        File.Move(_folder["one"], _folder["three"]);
        Assert.True(one.IsSameFile(FileStatusReader.OfPath(_folder["three"])));
        using var open = PositionalFile.Open(_folder["three"], FileMode.Open);
        Assert.True(one.IsSameFile(open.Status));
        Assert.Equal((FileType.Regular, 1u, true), (open.Status.Type, open.Status.Links, open.Status.IsOwn));
        Assert.Equal(FileType.Folder, FileStatusReader.OfPath(_folder.Path)!.Type);
    }
}
