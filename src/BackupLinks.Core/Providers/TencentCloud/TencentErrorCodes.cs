using System;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.TencentCloud;

/// <summary>
/// The codes of Tencent Cloud's errors. All of them come with status 200. A code is a family, and mostly a word behind
/// a dot: <c>ResourceNotFound.InstanceNotExists</c>. Families and words are those of the vendor's list of common
/// errors; the services name many that are not in it.
/// </summary>
internal static class TencentErrorCodes
{
    private static readonly string[] AbsentWords = ["NotFound", "NotFund", "NotExist"];

    private static readonly (string Family, ErrorKind Kind)[] Families =
    [
        ("RequestLimitExceeded", ErrorKind.Throttled),
        ("AuthFailure", ErrorKind.AuthenticationFailed),
        ("UnauthorizedOperation", ErrorKind.AccessDenied),
        ("IpNotInWhitelist", ErrorKind.AccessDenied),
        ("ResourceNotFound", ErrorKind.NotFound),
        ("ResourceUnavailable", ErrorKind.Conflict),
        ("ResourceInUse", ErrorKind.Conflict),
        ("ResourceInsufficient", ErrorKind.Conflict),
        ("CdbError", ErrorKind.Conflict),
        ("InternalError", ErrorKind.ServiceUnavailable),
        ("InternalServerError", ErrorKind.ServiceUnavailable),
        ("ServiceUnavailable", ErrorKind.ServiceUnavailable),
        ("FailedOperation", ErrorKind.ServiceUnavailable),
        ("LimitExceeded", ErrorKind.InvalidRequest),
        ("Missing", ErrorKind.InvalidRequest),
        ("Invalid", ErrorKind.InvalidRequest),
        ("Unknown", ErrorKind.InvalidRequest),
        ("Unsupported", ErrorKind.InvalidRequest),
        ("NoSuch", ErrorKind.InvalidRequest),
        ("OperationDenied", ErrorKind.InvalidRequest),
    ];

    /// <summary>The meaning of a code; null when it is of no known family.</summary>
    public static ErrorKind? Classify(string code)
    {
        string word = code.Substring(code.IndexOf('.') + 1);
        // The action, not an object of the user.
        if (Has(word, "ControllerNotFound"))
            return ErrorKind.InvalidRequest;
        if (Has(word, "SubAccount") && Has(word, "Denied"))
            return ErrorKind.AccessDenied;
        bool isAuthentication = Begins("AuthFailure");
        if (!isAuthentication && Has(word, "PermissionDenied"))
            return ErrorKind.AccessDenied;
        if (!isAuthentication && word.Length < code.Length && AbsentWords.Any(absent => Has(word, absent)))
            return ErrorKind.NotFound;
        if (Begins("OperationDenied") && Has(word, "Status"))
            return ErrorKind.Conflict;
        return Families.Where(family => Begins(family.Family)).Select(family => (ErrorKind?)family.Kind)
            .FirstOrDefault();

        bool Begins(string family) => code.StartsWith(family, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
}
