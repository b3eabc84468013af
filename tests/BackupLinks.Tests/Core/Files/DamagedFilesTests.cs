using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace BackupLinks.Tests.Core.Files;

/// <summary>A backup that is damaged in the store comes each night: it is kept once.</summary>
public sealed class DamagedFilesTests : PartialFileTest
{
    [Fact]
    public void A_damaged_backup_that_is_kept_already_is_not_kept_again()
    {
        Assert.Equal(Target + ".damaged", Finish(Bytes));
        Assert.Equal(Target + ".damaged", Finish(Bytes));

        Assert.Equal(["dump.rdb.damaged"], Names());
    }

    [Fact]
    public void The_same_content_is_found_behind_others_and_behind_a_gap()
    {
        Finish([.. Bytes.Reverse()]);
        File.WriteAllBytes(Target + ".damaged.7", Bytes);

        Assert.Equal(Target + ".damaged.7", Finish(Bytes));

        Assert.Equal(["dump.rdb.damaged", "dump.rdb.damaged.7"], Names());
    }

    [Fact]
    public void Another_content_of_the_same_size_or_under_another_kind_of_name_is_another_file()
    {
        Finish([.. Bytes.Reverse()]);
        File.WriteAllBytes(Target + ".damaged.txt", Bytes);
        File.WriteAllBytes(Target, Bytes);

        Assert.Equal(Target + ".damaged.1", Finish(Bytes));
    }

    private string Finish(byte[] bytes)
    {
        using var file = Open();
        file.Clear();
        file.Write(bytes, bytes.Length, 0);
        return file.FinishDamaged(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), modified: null);
    }

    private string?[] Names() => [.. Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order()];
}
