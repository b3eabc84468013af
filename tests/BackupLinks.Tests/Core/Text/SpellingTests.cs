using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Text;

/// <summary>The words that a person may have meant.</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("ab", "abc", 1)]
    [InlineData("ab", "ba", 2)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_insertions_deletions_and_substitutions(string a, string b, int distance) =>
        Assert.Equal(distance, Spelling.Distance(a, b));

    [Fact]
    public void The_nearest_come_first_equal_ones_by_name_and_three_at_most() => Assert.Equal(
        ["cn-north-4", "cn-north-1", "cn-north-2"],
        Spelling.Closest("CN-north-4", ["cn-north-9", "cn-north-2", "eu-west-101", "cn-north-1", "cn-north-4"]));

    [Theory]
    [InlineData("ab", "cd", true)]
    [InlineData("ab", "cde", false)]
    [InlineData("abcdefghi", "abcdefxyz", true)]
    [InlineData("abcdefghi", "abcdewxyz", false)]
    public void Near_is_two_letters_or_a_third_of_the_word(string word, string candidate, bool isNear) =>
        Assert.Equal(isNear ? [candidate] : [], Spelling.Closest(word, [candidate]));
}
