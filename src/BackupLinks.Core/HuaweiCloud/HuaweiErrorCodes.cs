using BackupLinks.Errors;

namespace BackupLinks.HuaweiCloud;

/// <summary>
/// Codes of Huawei Cloud whose HTTP status does not say what they mean, from the error code pages of RDS,
/// DCS and the API gateway.
/// </summary>
internal static class HuaweiErrorCodes
{
    /// <summary>RDS does not accept the token; comes with status 403.</summary>
    public const string InvalidToken = "DBS.280056";

    /// <summary>What a code means; null where the HTTP status says it.</summary>
    public static ErrorKind? Classify(string code) => code switch
    {
        // The backup does not exist, as status 400.
        "DBS.201203" or "DBS.280214" => ErrorKind.NotFound,
        InvalidToken => ErrorKind.AuthenticationFailed,
        // The same request may succeed in a moment.
        "DBS.201208" => ErrorKind.Conflict,
        "APIGW.0301" or "APIG.0301" or "APIGW.0303" or "APIG.0303" or "APIGW.0305" or "APIG.0305" or "APIGW.0307" or "APIG.0307" =>
            ErrorKind.AuthenticationFailed,
        "APIGW.0302" or "APIG.0302" or "APIGW.0306" or "APIG.0306" => ErrorKind.AccessDenied,
        "APIGW.0308" or "APIG.0308" => ErrorKind.Throttled,
        _ => null,
    };
}
