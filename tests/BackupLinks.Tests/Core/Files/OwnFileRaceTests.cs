using System;
using System.Collections.Generic;
using System.IO;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Shims;

namespace BackupLinks.Tests.Core.Files;

/// <summary>
/// Another process puts something else at the name, while this one looks at it, opens it and locks it.
/// </summary>
public sealed class OwnFileRaceTests : IDisposable
{
    private static readonly FileStatus First = Status(1);
    private static readonly FileStatus Second = Status(2);
    private readonly TemporaryFolder _folder = new();
    private readonly StagedDisk _disk = new();

    public void Dispose()
    {
        _disk.CloseAll();
        _folder.Dispose();
    }

    [Fact]
    public void A_file_is_new_once()
    {
        string path = _folder["dump.rdb.partial"];
        var created = OwnFile.OpenOrCreate(Disk.Local, path);
        created.File.Dispose();

        var opened = OwnFile.OpenOrCreate(Disk.Local, path);
        opened.File.Dispose();

        Assert.Equal((true, true), (created.IsNew, created.IsOwn));
        Assert.Equal((false, true), (opened.IsNew, opened.IsOwn));
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_opened_and_not_created()
    {
        Assert.Null(OwnFile.Open(_disk, _folder["dump.rdb.partial"]));
        Assert.Empty(_disk.Opened);
    }

    [Fact]
    public void A_lock_on_a_file_that_has_lost_its_name_is_given_up()
    {
        // Looked at, opened, and another one has the name by now.
        _disk.AtPath.Add(First, Second, Second, Second);
        _disk.AtHandle.Add(First, Second);

        var file = OwnFile.OpenOrCreate(_disk, CreateFile());

        Assert.Equal(2, _disk.Opened.Count);
        Assert.Same(_disk.Opened[1], file.File);
        Assert.Throws<ObjectDisposedException>(() => _disk.Opened[0].Length);
        Assert.False(file.IsNew);
    }

    [Fact]
    public void A_file_that_took_the_place_of_the_one_that_was_looked_at_is_looked_at_itself()
    {
        _disk.AtPath.Add(First, Second, Second, Second);
        _disk.AtHandle.Add(Second, Second);

        Assert.Same(OwnFile.OpenOrCreate(_disk, CreateFile()).File, _disk.Opened[1]);
    }

    [Fact]
    public void What_turns_out_to_be_a_pipe_is_not_the_file()
    {
        _disk.AtPath.Add(First, First, First, First);
        _disk.AtHandle.Add(First with { Type = FileType.Pipe }, First);

        Assert.Same(OwnFile.OpenOrCreate(_disk, CreateFile()).File, _disk.Opened[1]);
    }

    [Fact]
    public void A_file_that_is_replaced_without_end_is_in_use_after_twenty_attempts()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            _disk.AtPath.Add(First, Second);
            _disk.AtHandle.Add(First);
        }

        var error = Assert.Throws<BackupLinksException>(() => OwnFile.OpenOrCreate(_disk, CreateFile()));

        Assert.Equal(ErrorKind.FileInUse, error.Kind);
        Assert.Equal(20, _disk.Opened.Count);
        Assert.All(_disk.Opened, file => Assert.Throws<ObjectDisposedException>(() => file.Length));
    }

    [Fact]
    public void A_file_with_a_second_name_is_not_own()
    {
        _disk.AtPath.Add(First, First);
        _disk.AtHandle.Add(First with { Links = 2 });

        Assert.False(OwnFile.OpenOrCreate(_disk, CreateFile()).IsOwn);
    }

    [Fact]
    public void A_file_that_another_process_creates_first_is_opened_and_not_new()
    {
        string path = _folder["dump.rdb.partial"];
        var disk = new RecordingDisk();
        disk.Before = call =>
        {
            if (call != "open dump.rdb.partial")
                return;
            disk.Before = null;
            File.WriteAllText(path, "theirs");
        };

        var file = OwnFile.OpenOrCreate(disk, path);

        using (file.File)
            Assert.Equal((false, 6), (file.IsNew, file.File.Length));
    }

    [Fact]
    public void A_file_that_another_process_removes_first_is_created()
    {
        string path = CreateFile();
        var disk = new RecordingDisk();
        disk.Before = call =>
        {
            if (call != "open dump.rdb.partial")
                return;
            disk.Before = null;
            File.Delete(path);
        };

        var file = OwnFile.OpenOrCreate(disk, path);

        using (file.File)
            Assert.True(file.IsNew);
    }

    [Theory]
    [InlineData(1, 0UL, true)]
    [InlineData(2, 0UL, false)]
    [InlineData(1, 1UL, false)]
    public void A_path_has_a_file_that_has_no_other_name(int links, ulong difference, bool isAt)
    {
        string path = CreateFile();
        using var file = PositionalFile.Open(path, FileMode.Open);
        Assert.SkipWhen(file.Status.Identity is null, "The system does not say which file it is.");
        Assert.SkipWhen(links == 2 && OperatingSystem.IsWindows(), "The shim of second names is that of Unix.");
        var identity = file.Status.Identity.Value;
        _disk.AtPath.Add(file.Status with { Identity = identity with { Inode = identity.Inode + difference } });
        if (links == 2)
            Assert.Equal(0, Libc.AddName(path, _folder["second"]));

        Assert.Equal(isAt, OwnFile.IsAt(_disk, file, path));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void A_file_of_this_user_that_is_closed_to_its_owner_is_a_leftover(
        bool isFile, bool isOwn, bool isClosed)
    {
        var error = new BackupLinksException(
            ErrorKind.DestinationUnavailable, "Denied.", new UnauthorizedAccessException());
        _disk.AtPath.Add(
            new FileStatus(isFile ? FileType.Regular : FileType.Pipe, null, 1, null, isOwn),
            new FileStatus(FileType.Regular, null, 1, null, true));

        Assert.Equal(isClosed, OwnFile.IsClosedToOwner(_disk, "x", error));
        Assert.False(OwnFile.IsClosedToOwner(
            _disk, "x", new BackupLinksException(ErrorKind.DestinationUnavailable, "Full.", new IOException())));
    }

    [Fact]
    public void A_number_that_another_process_takes_first_is_not_overwritten()
    {
        string path = CreateFile();
        File.WriteAllText(path, "mine");
        File.WriteAllText(path + ".1", "theirs");
        // Nothing is there, says the look.
        _disk.AtPath.Add(null, null);

        Assert.Equal(path + ".2", OwnFile.SetAside(_disk, path));

        Assert.Equal(("theirs", "mine"), (File.ReadAllText(path + ".1"), File.ReadAllText(path + ".2")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_open_file_is_removed_once_it_is_closed_where_the_system_lets_it_only_then(bool refuses)
    {
        _disk.RefusedDeletions = refuses ? 1 : 0;
        var warnings = new List<string>();
        var file = _disk.Open(CreateFile(), FileMode.Open);

        OwnFile.Remove(_disk, file.Path, file, new FileNotices(null, warnings.Add));

        Assert.Equal(refuses || OperatingSystem.IsWindows() ? 2 : 1, _disk.Deletions);
        Assert.False(File.Exists(file.Path));
        Assert.Throws<ObjectDisposedException>(() => file.Length);
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_file_that_the_system_does_not_let_be_removed_is_told()
    {
        _disk.RefusedDeletions = 2;
        var file = _disk.Open(CreateFile(), FileMode.Open);
        var warnings = new List<string>();

        OwnFile.Remove(_disk, file.Path, file, new FileNotices(null, warnings.Add));

        Assert.Contains($"'{file.Path}' is not needed any more", Assert.Single(warnings));
    }

    private string CreateFile()
    {
        string path = _folder["dump.rdb.partial"];
        File.WriteAllText(path, "");
        return path;
    }

    private static FileStatus Status(ulong inode) =>
        new(FileType.Regular, new FileIdentity(1, inode), 1, null, true);

    // Says of each look what the test has put in; of further ones, that nothing is there.
    private sealed class StagedDisk : Disk
    {
        public Stage AtPath { get; } = new();

        public Stage AtHandle { get; } = new();

        public List<PositionalFile> Opened { get; } = [];

        public int RefusedDeletions { get; set; }

        public int Deletions { get; private set; }

        // On Windows, too, where the system then refuses the first one.
        public override bool RenamesOpenFiles => true;

        public override FileStatus? Look(string path) => AtPath.Next();

        public override FileStatus Look(PositionalFile file) => AtHandle.Next()!;

        public override PositionalFile Open(string path, FileMode mode)
        {
            var file = base.Open(path, FileMode.OpenOrCreate);
            Opened.Add(file);
            return file;
        }

        public override void Delete(string path)
        {
            Deletions++;
            if (Deletions <= RefusedDeletions)
                throw new IOException("The file is open.");
            base.Delete(path);
        }

        public void CloseAll() => Opened.ForEach(file => file.Dispose());
    }

    private sealed class Stage
    {
        private readonly Queue<FileStatus?> _statuses = new();

        public void Add(params FileStatus?[] statuses) => Array.ForEach(statuses, _statuses.Enqueue);

        public FileStatus? Next() => _statuses.TryDequeue(out var status) ? status : null;
    }
}
