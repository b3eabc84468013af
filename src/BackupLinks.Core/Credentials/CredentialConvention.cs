using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Credentials;

/// <summary>Where a provider's credential is looked for when none was given.</summary>
/// <param name="Provider">The provider, as users know it.</param>
/// <param name="SecretName">The name of its secret.</param>
/// <param name="AccessKeyVariable">The environment variable with the access key.</param>
/// <param name="SecretKeyVariable">The environment variable with the secret key.</param>
/// <param name="SecurityTokenVariable">The environment variable with a temporary key's token; null where there is no such thing.</param>
internal sealed record CredentialConvention(
    string Provider, string SecretName, string AccessKeyVariable, string SecretKeyVariable, string? SecurityTokenVariable)
{
    /// <summary>True when the environment has at least a part of a credential.</summary>
    public bool IsInEnvironment(Func<string, string?> environment) =>
        NullIfEmpty(environment(AccessKeyVariable)) is not null || NullIfEmpty(environment(SecretKeyVariable)) is not null;

    /// <summary>The credential in the environment; null when there is none.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>: half of it is there.</exception>
    public CredentialFields? ReadEnvironment(Func<string, string?> environment)
    {
        string? accessKey = NullIfEmpty(environment(AccessKeyVariable));
        string? secretKey = NullIfEmpty(environment(SecretKeyVariable));
        if (accessKey is null && secretKey is null)
            return null;
        if (accessKey is null || secretKey is null)
        {
            string missing = accessKey is null ? AccessKeyVariable : SecretKeyVariable;
            string present = accessKey is null ? SecretKeyVariable : AccessKeyVariable;
            throw new BackupLinksException(
                ErrorKind.InvalidSecret, $"The environment variable {present} is set but {missing} is not; set both or neither.");
        }

        var values = new Dictionary<string, string?>
        {
            [CredentialFields.AccessKey] = accessKey,
            [CredentialFields.SecretKey] = secretKey,
        };
        if (SecurityTokenVariable is not null && NullIfEmpty(environment(SecurityTokenVariable)) is { } token)
            values[CredentialFields.SecurityToken] = token;
        return new CredentialFields($"The credential in the environment ({AccessKeyVariable}, {SecretKeyVariable})", values.ToArray())
        {
            Origin = $"the environment variables {AccessKeyVariable} and {SecretKeyVariable}",
        };
    }

    /// <summary>The error for a credential that is nowhere.</summary>
    public BackupLinksException NotFound() => new(
        ErrorKind.CredentialNotFound,
        $"No credential for {Provider} was given or found; pass -Credential or -SecretName, store a secret named '{SecretName}' "
        + $"in the default vault, or set {AccessKeyVariable} and {SecretKeyVariable}.");

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
