using System.Collections.Generic;
using System.Text.Json.Serialization;
using BackupLinks.Json;

namespace BackupLinks.HuaweiCloud.Iam;

// The shapes of IAM's POST /v3/auth/tokens and GET /v3/projects.

internal sealed record IamTokenRequest(IamAuth Auth);

internal sealed record IamAuth(IamIdentity Identity, IamScope Scope);

internal sealed record IamIdentity(string[] Methods, IamPassword Password);

internal sealed record IamPassword(IamUser User);

internal sealed record IamUser(string Name, string Password, IamName Domain);

internal sealed record IamScope(IamName Project);

/// <summary>Something by id or by name; the other one is left out.</summary>
internal sealed record IamName(string? Id, string? Name);

internal sealed record IamTokenResponse(IamTokenBody? Token);

internal sealed record IamTokenBody
{
    public string? ExpiresAt { get; init; }

    public IamName? Project { get; init; }
}

internal sealed record IamProjectsResponse(IReadOnlyList<IamProject>? Projects, IamPageLinks? Links);

internal sealed record IamPageLinks
{
    /// <summary>The next page; null on the last one.</summary>
    public string? Next { get; init; }
}

internal sealed record IamProject
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientStringConverter)])]
[JsonSerializable(typeof(IamTokenRequest))]
[JsonSerializable(typeof(IamTokenResponse))]
[JsonSerializable(typeof(IamProjectsResponse))]
internal sealed partial class IamJson : JsonSerializerContext;
