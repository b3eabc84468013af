using System;
using System.Collections.Generic;
using BackupLinks.Errors;

namespace BackupLinks.Transfer;

/// <summary>
/// The error codes of S3 and its relatives after which the vendors' SDKs send the request again, whatever its status:
/// see "Retry behavior" in the AWS SDKs and Tools Reference Guide, section "Transient and throttling errors".
/// </summary>
internal static class TransientStoreError
{
    private static readonly HashSet<string> Failures = new(StringComparer.OrdinalIgnoreCase)
    {
        "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalServerError", "InternalFailure",
        "ServiceUnavailable", "ServiceUnavailableException", "ServerBusy", "OperationAborted",
        "PriorRequestNotComplete",
    };

    private static readonly HashSet<string> Throttles = new(StringComparer.OrdinalIgnoreCase)
    {
        "SlowDown", "SlowDownRead", "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled",
        "RequestThrottledException", "TooManyRequests", "TooManyRequestsException", "RequestLimitExceeded",
        "BandwidthLimitExceeded", "LimitExceededException",
        "DownloadTrafficRateLimitExceeded", "QpsLimitExceeded", "RequestQpsLimitExceeded",
    };

    /// <summary>The kind of a passing error; null for one that stays.</summary>
    /// <param name="code">The store's code; null for none.</param>
    public static ErrorKind? KindOf(string? code) => code switch
    {
        null => null,
        _ when Failures.Contains(code) => ErrorKind.ServiceUnavailable,
        _ when Throttles.Contains(code) => ErrorKind.Throttled,
        _ => null,
    };
}
