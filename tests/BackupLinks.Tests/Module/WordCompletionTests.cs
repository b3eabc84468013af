using System.Linq;
using BackupLinks.Completion;

namespace BackupLinks.Tests.Module;

public sealed class WordCompletionTests
{
    private static readonly string[] Words = ["cn-north-4", "b c", "Cn-east", "it's", "a\u202eb", "cn-south"];

    [Theory]
    [InlineData("cn", "Cn-east cn-north-4 cn-south")]
    [InlineData("'CN-N", "cn-north-4")]
    [InlineData("\"it", "'it''s'")]
    [InlineData("b", "'b c'")]
    [InlineData("x", "")]
    public void Words_that_begin_with_what_was_typed_come_in_their_order_and_in_quotes_where_they_must_be(
        string typed, string completions) =>
        Assert.Equal(
            completions, string.Join(' ', WordCompletion.Complete(Words, typed).Select(word => word.CompletionText)));

    [Fact]
    public void A_word_that_a_screen_would_obey_is_left_out() =>
        Assert.Equal(
            ["b c", "Cn-east", "cn-north-4", "cn-south", "it's"],
            WordCompletion.Complete(Words, null).Select(word => word.ListItemText));
}
