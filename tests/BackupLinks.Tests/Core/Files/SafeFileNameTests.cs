using System;
using System.Linq;
using System.Text;
using BackupLinks.Files;

namespace BackupLinks.Tests.Core.Files;

public sealed class SafeFileNameTests
{
    [Theory]
    [InlineData("redis_192.168.63.250_6379_10923-16383_20190820211816.rdb")]
    [InlineData("备份 2026-01-15.rdb")]
    [InlineData(".hidden")]
    [InlineData("no-extension")]
    public void Good_name_stays_as_it_is(string name) => Assert.Equal(name, SafeFileName.From(name, "fallback"));

    [Fact]
    public void No_device_of_Windows_is_a_name()
    {
        string[] devices =
        [
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$",
            .. "0123456789¹²³".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
        ];

        Assert.All(devices, device => Assert.Equal($"_{device}.x", SafeFileName.From(device + ".x", "fallback")));
        string[] others = ["COM.x", "LPTA", "NULL", "CON1"];
        Assert.All(others, name => Assert.Equal(name, SafeFileName.From(name, "fallback")));
    }

    [Theory]
    [InlineData("../../x", "x")]
    [InlineData("..\\..\\x", "x")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\x", "x")]
    [InlineData("C:x", "x")]
    [InlineData("\\\\server\\share\\x.rdb", "x.rdb")]
    [InlineData("x.rdb:stream", "x.rdb_stream")]
    [InlineData("NUL.rdb", "_NUL.rdb")]
    [InlineData("con", "_con")]
    [InlineData("COM1 .txt", "_COM1 .txt")]
    [InlineData("lpt¹.log", "_lpt¹.log")]
    [InlineData("a<b>c|d?e*f\"g", "a_b_c_d_e_f_g")]
    [InlineData("a\u0000b\nc\u001bd\u007fe\u0085f", "a_b_c_d_e_f")]
    [InlineData("exe\u202Ebdr.x", "exe_bdr.x")]
    [InlineData("zero\u200Bwidth", "zero_width")]
    [InlineData("non\uFFFEcharacter", "non_character")]
    [InlineData("non\uFDD0character", "non_character")]
    [InlineData("non\U0001FFFFcharacter", "non_character")]
    [InlineData("tag\U000E0041ged", "tag_ged")]
    [InlineData("trailing. . .", "trailing")]
    [InlineData("  spaces  ", "spaces")]
    [InlineData("..", "fallback")]
    [InlineData("dir/", "fallback")]
    [InlineData("", "fallback")]
    [InlineData(null, "fallback")]
    [InlineData("e\u0301.rdb", "\u00e9.rdb")]
    public void Hostile_name_is_made_safe(string? name, string safe) =>
        Assert.Equal(safe, SafeFileName.From(name, "fallback"));

    [Fact]
    public void Hopeless_name_and_fallback_still_give_a_name() => Assert.Equal("backup", SafeFileName.From("..", "/"));

    [Fact]
    public void Long_name_is_cut_and_keeps_its_extension_and_its_identity()
    {
        string a = SafeFileName.From(new string('a', 300) + "1.rdb", "fallback");
        string b = SafeFileName.From(new string('a', 300) + "2.rdb", "fallback");

        Assert.EndsWith(".rdb", a);
        Assert.True(Encoding.UTF8.GetByteCount(a) <= SafeFileName.MaxBytes);
        Assert.NotEqual(a, b);
        Assert.Equal(a, SafeFileName.From(new string('a', 300) + "1.rdb", "fallback"));
    }

    [Fact]
    public void Cut_never_splits_a_character()
    {
        string name = SafeFileName.From(string.Concat(Enumerable.Repeat("😀", 100)), "fallback");

        Assert.True(Encoding.UTF8.GetByteCount(name) <= SafeFileName.MaxBytes);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Name_of_megabytes_is_cut_in_one_pass() =>
        Assert.Equal(
            SafeFileName.MaxBytes,
            Encoding.UTF8.GetByteCount(SafeFileName.From(new string('a', 4_000_000), "fallback")));

    [Fact]
    public void Lone_surrogate_is_replaced() => Assert.Equal("a\uFFFDb", SafeFileName.From("a\ud800b", "fallback"));

    [Fact]
    public void Clashing_names_of_one_backup_stay_distinct_whatever_their_order()
    {
        string[] names = ["x.rdb", "../x.rdb", "X.RDB", "a/x.rdb", "other.rdb"];
        string[] paths = ["p/1", "p/2", "p/3", "p/4", "p/5"];

        var forward = SafeFileName.FromAll(names, "fallback", paths);
        var backward = SafeFileName.FromAll([.. names.Reverse()], "fallback", [.. paths.Reverse()]);

        Assert.Equal(names.Length, forward.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(forward, backward.Reverse());
        Assert.Equal("other.rdb", forward[4]);
    }

    [Fact]
    public void Name_that_needs_no_change_wins_over_one_that_does()
    {
        var names = SafeFileName.FromAll(["../x.rdb", "x.rdb"], "fallback", ["p/1", "p/2"]);

        Assert.Equal("x.rdb", names[1]);
        Assert.Matches("^x~[0-9a-f]{8}\\.rdb$", names[0]);
    }

    [Fact]
    public void Names_that_differ_get_no_suffix_also_where_they_were_changed() =>
        Assert.Equal(["x.rdb", "y.rdb"], SafeFileName.FromAll(["../x.rdb", "y.rdb"], "fallback", ["p/1", "p/2"]));

    [Fact]
    public void Equal_names_at_equal_paths_are_numbered()
    {
        var names = SafeFileName.FromAll(["x", "x", "x"], "fallback", ["p", "p", "p"]);

        Assert.Equal(3, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("name.rdb", "name~ab.rdb")]
    [InlineData(".rdb", ".rdb~ab")]
    [InlineData("name", "name~ab")]
    public void A_suffix_is_in_front_of_an_extension_and_a_name_is_more_than_one(string name, string expected) =>
        Assert.Equal(expected, SafeFileName.WithSuffix(name, "ab"));
}
