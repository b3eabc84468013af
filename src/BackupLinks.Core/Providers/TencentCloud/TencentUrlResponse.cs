using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.TencentCloud;

// The shapes of the actions that have the address of one file. Names on the wire are as they stand here.

internal sealed record TencentUrlResponse : TencentResponse
{
    /// <summary>TDSQL-C.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary>PostgreSQL.</summary>
    public string? BackupDownloadURL { get; init; }

    /// <summary>MariaDB.</summary>
    public string? PreSignedUrl { get; init; }

    [JsonIgnore]
    public string? Address => DownloadUrl ?? BackupDownloadURL ?? PreSignedUrl;
}

[JsonSourceGenerationOptions(Converters = [typeof(LenientStringConverter), typeof(LenientInt64Converter)])]
[JsonSerializable(typeof(TencentEnvelope<TencentUrlResponse>))]
internal sealed partial class TencentUrlJson : JsonSerializerContext;
