using System;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.AlibabaCloud;

/// <summary>
/// The codes of Alibaba Cloud's errors. The same code comes with different statuses, so the code alone decides.
/// </summary>
internal static class AlibabaErrorCodes
{
    // The pages of the lists name no code for an instance of another kind, and those of other actions several.
    private static readonly string[] KindWords =
        ["Engine", "NotSupport", "Unsupport", "OperationDenied", "IncorrectDBInstanceType", "IncorrectKindCode"];

    /// <summary>
    /// True for what may be the refusal of an instance of another kind than those that the action is for.
    /// </summary>
    public static bool MayBeOfAnotherKind(ApiException error) =>
        (error.StatusCode is not null && error.Kind == ErrorKind.InvalidRequest) || IsOfAnotherKind(error);

    /// <summary>True for a refusal whose code says that the instance is of another kind.</summary>
    public static bool IsOfAnotherKind(ApiException error) =>
        // An instance that is busy, or a host without the action, says nothing of the kind.
        error.Kind is not (ErrorKind.Conflict or ErrorKind.InvalidResponse)
        && error.ErrorCode is { } code
        && KindWords.Any(word => code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The meaning of a code; null when the HTTP status has it.</summary>
    public static ErrorKind? Classify(string code)
    {
        if (Has("Throttling"))
            return ErrorKind.Throttled;
        switch (code)
        {
            // Another attempt has another nonce.
            case "SignatureNonceUsed":
                return ErrorKind.ServiceUnavailable;
            case "SignatureDoesNotMatch" or "IncompleteSignature" or "IllegalTimestamp" or "MissingSecurityToken"
                or "MissingAccessKeyId":
                return ErrorKind.AuthenticationFailed;
            case "NoPermission" or "InvalidUser.NotFound":
                return ErrorKind.AccessDenied;
            case "Forbidden.InstanceNotFound":
                return ErrorKind.NotFound;
            // The host has no such service.
            case "InvalidApi.NotFound" or "InvalidAction.NotFound" or "InvalidVersion" or "UnsupportedOperation"
                or "UnsupportedHTTPMethod":
                return ErrorKind.InvalidResponse;
            case "IncorrectBackupSetState" or "IncorrectDBInstanceState" or "OperationDenied.DBInstanceStatus":
                return ErrorKind.Conflict;
        }

        return Begins("InvalidAccessKeyId") || Begins("InvalidSecurityToken") || Begins("InvalidTimeStamp")
            ? ErrorKind.AuthenticationFailed
            : Begins("Forbidden") ? ErrorKind.AccessDenied
            : code.EndsWith("NotFound", StringComparison.OrdinalIgnoreCase) ? ErrorKind.NotFound
            : Begins("ServiceUnavailable") || Begins("InternalError") ? ErrorKind.ServiceUnavailable
            : Begins("Missing") || Begins("Invalid") ? ErrorKind.InvalidRequest
            : null;

        bool Has(string word) => code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        bool Begins(string word) => code.StartsWith(word, StringComparison.OrdinalIgnoreCase);
    }
}
