using BackupLinks.Errors;

namespace BackupLinks.HuaweiCloud;

/// <summary>
/// Codes that any service of Huawei Cloud may return and whose HTTP status does not say what they mean, from
/// the page of the API gateway. Those of one service are with the service.
/// </summary>
internal static class HuaweiErrorCodes
{
    /// <summary>A database service does not accept the token; comes with status 403 from RDS.</summary>
    public const string InvalidToken = "DBS.280056";

    /// <summary>The meaning of a code; null when the HTTP status has it.</summary>
    public static ErrorKind? Classify(string code) => code switch
    {
        InvalidToken => ErrorKind.AuthenticationFailed,
        "APIGW.0301" or "APIG.0301" or "APIGW.0303" or "APIG.0303" or "APIGW.0305" or "APIG.0305"
            or "APIGW.0307" or "APIG.0307" =>
            ErrorKind.AuthenticationFailed,
        "APIGW.0302" or "APIG.0302" or "APIGW.0306" or "APIG.0306" => ErrorKind.AccessDenied,
        "APIGW.0308" or "APIG.0308" => ErrorKind.Throttled,
        _ => null,
    };
}
