using System.Linq;
using System.Net;
using BackupLinks.Errors;
using BackupLinks.FrontDoor;
using BackupLinks.Providers;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Module;

/// <summary>The same error of many items of a cloud is written once, and they are named in the end.</summary>
public sealed class CloudErrorsTests
{
    private readonly CloudErrors _errors = new();

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "i1")]
    [InlineData(6, "i1, i2, i3, i4, i5")]
    [InlineData(7, "i1, i2, i3, i4, i5 and 1 more")]
    [InlineData(9, "i1, i2, i3, i4, i5 and 3 more")]
    public void Five_names_of_those_that_failed_again_are_said_and_the_others_are_counted(int count, string names)
    {
        bool[] isFirst =
        [
            .. Enumerable.Range(0, count).Select(
                i => _errors.IsFirst("C", Item("i" + i), Error(ErrorKind.AccessDenied, "no"))),
        ];

        Assert.Equal([true, .. Enumerable.Repeat(false, count - 1)], isFirst);
        string[] expected = names.Length == 0 ? [] :
        [
            $"{names} failed with the same error of C (AccessDenied), which was written once; "
                + "remove its cause, and request them again.",
        ];
        Assert.Equal(expected, _errors.Summaries);
    }

    [Theory]
    [InlineData(ErrorKind.AuthenticationFailed, false)]
    [InlineData(ErrorKind.ClockSkew, false)]
    [InlineData(ErrorKind.AccessDenied, true)]
    [InlineData(ErrorKind.NotFound, true)]
    public void A_refused_key_is_one_error_whatever_the_message_says(ErrorKind kind, bool isAnother)
    {
        Assert.True(_errors.IsFirst("C", Item("a"), Error(kind, "of a")));
        Assert.Equal(isAnother, _errors.IsFirst("C", Item("b"), Error(kind, "of b")));
        Assert.True(_errors.IsFirst("D", Item("a"), Error(kind, "of a")));
    }

    [Theory]
    [InlineData(ErrorKind.ServiceUnavailable, null, false)]
    [InlineData(ErrorKind.ServiceUnavailable, 500, false)]
    [InlineData(ErrorKind.ServiceUnavailable, 503, false)]
    [InlineData(ErrorKind.RequestTimeout, null, false)]
    [InlineData(ErrorKind.ServiceUnavailable, 499, true)]
    [InlineData(ErrorKind.Throttled, 503, true)]
    public void A_place_that_does_not_respond_is_one_error_of_all_of_its_lists(
        ErrorKind kind, int? status, bool isAnother)
    {
        Assert.True(_errors.IsFirst("C", Item("a", "C in x"), Error(kind, "of a", status)));
        Assert.Equal(isAnother, _errors.IsFirst("C", Item("b", "C in x"), Error(kind, "of b", status)));
        Assert.True(_errors.IsFirst("C", Item("c", "C in y"), Error(kind, "of c", status)));
        Assert.True(_errors.IsFirst("C", Item("d"), Error(kind, "of d", status)));
    }

    private static RequestItem Item(string subject, string? place = null) =>
        new(subject, subject, new SourceIds(null, null, null)) { Place = place };

    private static ApiException Error(ErrorKind kind, string message, int? status = 403) =>
        new(kind, message) { StatusCode = (HttpStatusCode?)status };
}
