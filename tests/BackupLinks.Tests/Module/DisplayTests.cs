using System;
using System.Management.Automation;
using BackupLinks.Catalog.Status;
using BackupLinks.Formatting;

namespace BackupLinks.Tests.Module;

/// <summary>Values for people.</summary>
public sealed class DisplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0 B")]
    [InlineData(1023L, "1023 B")]
    [InlineData(1024L, "1.0 KiB")]
    [InlineData(1536L, "1.5 KiB")]
    [InlineData(1048576L, "1.0 MiB")]
    [InlineData(2831155L, "2.7 MiB")]
    [InlineData(-2048L, "-2.0 KiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void A_size_is_in_its_largest_unit(long? bytes, string text) => Assert.Equal(text, Display.Size(bytes));

    [Theory]
    [InlineData(-1, "expired")]
    [InlineData(0, "expired")]
    [InlineData(0.2, "1 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min 0 s")]
    [InlineData(299, "4 min 59 s")]
    [InlineData(599, "9 min 59 s")]
    [InlineData(600, "10 min")]
    [InlineData(3569, "59 min")]
    [InlineData(3570, "1 h 0 min")]
    [InlineData(3600, "1 h 0 min")]
    [InlineData(172769, "47 h 59 min")]
    [InlineData(172770, "2 d 0 h")]
    [InlineData(172800, "2 d 0 h")]
    public void The_time_that_is_left_is_in_two_units_at_most(double seconds, string text) =>
        Assert.Equal(text, Display.TimeLeft(Now.AddSeconds(seconds), Now));

    [Fact]
    public void Without_an_end_there_is_no_time_left_to_say() => Assert.Equal("", Display.TimeLeft(null, Now));

    [Theory]
    [InlineData("/a/b/c.rdb", "c.rdb", "/a/b")]
    [InlineData("C:\\a\\c.rdb", "c.rdb", "C:\\a")]
    [InlineData("c.rdb", "c.rdb", "")]
    [InlineData(null, "", "")]
    public void A_path_of_any_system_has_a_leaf_and_a_folder(string? path, string leaf, string folder) =>
        Assert.Equal((leaf, folder), (Display.Leaf(path), Display.Folder(path)));

    [Theory]
    [InlineData("prod", "id", "prod")]
    [InlineData("", "id", "id")]
    [InlineData(null, null, "")]
    public void An_instance_is_its_name_or_else_its_id(string? name, string? id, string text) =>
        Assert.Equal(text, Display.Instance(name, id));

    [Fact]
    public void A_time_of_any_shape_is_the_same_instant()
    {
        Assert.Equal(Now, Display.ToTime(Now));
        Assert.Equal(Now, Display.ToTime(Now.UtcDateTime));
        Assert.Equal(Now, Display.ToTime(DateTime.SpecifyKind(Now.UtcDateTime, DateTimeKind.Unspecified)));
        Assert.Equal(Now, Display.ToTime(Now.LocalDateTime));
        Assert.Equal(Now, Display.ToTime("2026-01-15T11:00:00+08:00"));
        Assert.Null(Display.ToTime((object?)null));
    }

    [Theory]
    [InlineData(InstanceState.Suspicious, "Warning")]
    [InlineData(InstanceState.NotTested, "Warning")]
    [InlineData(InstanceState.Stale, "Error")]
    [InlineData(InstanceState.Ok, null)]
    [InlineData(null, null)]
    public void A_state_that_needs_attention_has_the_colour_of_the_shell(string? state, string? colour)
    {
        var formatting = PSStyle.Instance.Formatting;
        string start = colour switch { "Warning" => formatting.Warning, "Error" => formatting.Error, _ => "" };
        string end = colour is null ? "" : PSStyle.Instance.Reset;

        Assert.Equal(start + "prod-1" + end, Display.Severity("prod-1", state));
        Assert.Equal(start + end, Display.Severity(null, state));
    }

    [Theory]
    [InlineData("Damaged", true)]
    [InlineData("Missing", true)]
    [InlineData("Changed", true)]
    [InlineData("Intact", false)]
    [InlineData("Present", false)]
    [InlineData("Unknown", false)]
    [InlineData(null, false)]
    public void A_bad_file_has_the_colour_of_an_error_and_no_other(string? state, bool isBad)
    {
        Assert.Equal(isBad ? ShellStyle.Decorate("text", "Error") : "text", Display.Verdict("text", state));
        Assert.Equal(isBad ? ShellStyle.Decorate("", "Error") : "", Display.Verdict(null, state));
    }

    [Theory]
    [InlineData(-60, "Error")]
    [InlineData(270, "Warning")]
    [InlineData(330, null)]
    public void A_time_that_is_short_or_over_has_the_colour_of_the_shell(int seconds, string? colour)
    {
        string text = Display.TimeLeft(DateTimeOffset.UtcNow.AddSeconds(seconds), null);

        var formatting = PSStyle.Instance.Formatting;
        string start = colour switch { "Warning" => formatting.Warning, "Error" => formatting.Error, _ => "" };
        Assert.StartsWith(start, text);
        Assert.Equal(colour is not null, text.Contains('\u001b'));
        Assert.Equal("", Display.TimeLeft(null, null));
    }

    [Theory]
    [InlineData("Redis", "5.0", "Redis 5.0")]
    [InlineData("Redis", null, "Redis")]
    [InlineData(null, "5.0", "5.0")]
    [InlineData(null, null, "")]
    public void An_engine_has_its_version_behind_it(string? name, string? version, string text) =>
        Assert.Equal(text, Display.Engine(name, version));

    [Fact]
    public void Of_several_texts_the_first_is_shown_with_the_number_of_the_others()
    {
        Assert.Equal("", Display.First(null));
        Assert.Equal("", Display.First(Array.Empty<string>()));
        Assert.Equal("a", Display.First("a"));
        Assert.Equal("a", Display.First(new[] { "a" }));
        Assert.Equal("a (and 2 more)", Display.First(new[] { "a", "b", "c" }));
        Assert.Equal("a (and 1 more)", Display.First(new PSObject(new[] { "a", "b" })));
        Assert.Equal("a\nb", Display.Lines(new[] { "a", "b" }));
    }

    [Fact]
    public void A_value_on_a_screen_is_itself_or_a_printable_text()
    {
        Assert.Null(Display.Text(null));
        Assert.Equal(42L, Display.Text(42L));
        Assert.Equal(42L, Display.Text(new PSObject(42L)));
        Assert.Equal(Now, Display.Text(Now));
        Assert.Equal(TimeSpan.Zero, Display.Text(TimeSpan.Zero));
        Assert.Equal(Guid.Empty, Display.Text(Guid.Empty));
        Assert.Equal("a", Display.Text("a\u202e"));
        Assert.Equal("https://h.example/a", Display.Text(new Uri("https://h.example/a?Signature=SecretSecret")));
        Assert.Equal(new object[] { 1, "b" }, Display.Text(new object[] { 1, "b\u001b" }));
    }
}
