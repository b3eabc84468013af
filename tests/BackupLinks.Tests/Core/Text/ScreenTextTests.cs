using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Text;

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
    [InlineData(" to ~", " to ~")]
    [InlineData("\u001F~", "~")]
    [InlineData("~\u007F", "~")]
    [InlineData("\r\na\r\nb \vc\fd\u0085e\u2029f", "a b c d e f")]
    [InlineData("a\uE000b\u0378c\U000F0000d", "abcd")]
    public void What_a_screen_would_obey_is_dropped(string text, string shown) =>
        Assert.Equal(shown, ScreenText.Printable(text));

    [Fact]
    public void Each_name_in_a_sentence_is_short_printable_and_without_a_secret()
    {
        string id = "\u001b[31m" + new string('x', 500);
        const string Link = "https://h.example/a?Signature=s3cr3ts3cr3t";

        Assert.Equal(
            $"backup '[31m{new string('x', 76)}...' of 'https://h.example/a', part 3",
            ScreenText.Sentence($"backup '{id}' of '{Link}', part {3}"));
    }

    [Fact]
    public void Half_a_character_reads_as_one_that_is_missing()
    {
        const char High = (char)0xD83D;
        const char Low = (char)0xDE80;

        Assert.Equal("a\uFFFDb", ScreenText.Printable("a" + High + "b"));
        Assert.Equal("a\uFFFDb", ScreenText.Printable("a" + Low + "b"));
        Assert.Equal("a\uFFFD", ScreenText.Printable("a" + High));
        Assert.Equal("\uFFFD\uFFFD", ScreenText.Printable("" + Low + High));
    }

    [Theory]
    [InlineData('a', false)]
    [InlineData('备', false)]
    [InlineData(' ', false)]
    [InlineData('\u200B', true)]
    [InlineData('\u2028', true)]
    [InlineData('\u2029', true)]
    [InlineData('\n', true)]
    [InlineData('\uE000', true)]
    [InlineData('\u0378', true)]
    [InlineData((char)0xD83D, true)]
    public void A_character_without_a_place_on_a_line_is_unprintable(char character, bool isUnprintable) =>
        Assert.Equal(isUnprintable, ScreenText.IsUnprintable(character));

    [Fact]
    public void Nothing_reads_as_nothing() => Assert.Equal("", ScreenText.Excerpt(null));

    [Fact]
    public void A_brace_in_a_name_is_a_brace() => Assert.Equal("'{0} {'", ScreenText.Sentence($"'{"{0} {"}'"));
}
