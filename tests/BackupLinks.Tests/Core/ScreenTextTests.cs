using BackupLinks.Text;

namespace BackupLinks.Tests.Core;

public sealed class ScreenTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("\u009b31mred", "31mred")]
    [InlineData("a\u202Eb\u2066c\u200Ed", "abcd")]
    [InlineData("a\u200Bb\uFEFFc\u00ADd\u2060e", "abcde")]
    [InlineData("a\r\nb\tc\u2028d", "a b c d")]
    [InlineData("a\0b\u0007c\u007Fd", "abcd")]
    [InlineData("\U000E0041tag", "tag")]
    [InlineData("plain text, as it is", "plain text, as it is")]
    [InlineData("备份 für 🚀", "备份 für 🚀")]
    public void What_a_screen_would_obey_is_dropped(string text, string shown) => Assert.Equal(shown, ScreenText.Printable(text));

    [Fact]
    public void Each_name_in_a_sentence_is_short_printable_and_without_a_secret()
    {
        string id = "\u001b[31m" + new string('x', 500);
        const string Link = "https://h.example/a?Signature=s3cr3ts3cr3t";

        Assert.Equal(
            $"backup '[31m{new string('x', 76)}...' of 'https://h.example/a', part 3", ScreenText.Sentence($"backup '{id}' of '{Link}', part {3}"));
    }

    [Fact]
    public void Half_a_character_reads_as_one_that_is_missing() => Assert.Equal("a\uFFFDb", ScreenText.Printable("a" + (char)0xD800 + "b"));

    [Fact]
    public void A_brace_in_a_name_is_a_brace() => Assert.Equal("'{0} {'", ScreenText.Sentence($"'{"{0} {"}'"));
}
