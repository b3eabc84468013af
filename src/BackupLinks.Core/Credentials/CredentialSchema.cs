using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Credentials;

/// <summary>
/// Which credentials a provider accepts, where they are looked for, and what else a secret of it may hold.
/// </summary>
internal sealed class CredentialSchema
{
    /// <summary>The provider, as users know it.</summary>
    public required string Provider { get; init; }

    /// <summary>The name of the secret that is used when the caller names none.</summary>
    public required string SecretName { get; init; }

    /// <summary>
    /// The kinds of credential. The first is the one that a PSCredential and the environment hold: its first two keys
    /// are the user name and the password.
    /// </summary>
    public required IReadOnlyList<CredentialKind> Kinds { get; init; }

    /// <summary>The settings that a secret can have: region, project, endpoint.</summary>
    public IReadOnlyList<CredentialKey> Settings { get; init; } = [];

    /// <summary>Every key that a secret may have.</summary>
    public IEnumerable<CredentialKey> Keys => Kinds.SelectMany(kind => kind.Keys).Concat(Settings).Distinct();

    private CredentialKind Pair => Kinds[0];

    /// <summary>The key of a name or an alias; null when no secret of this provider has it.</summary>
    public CredentialKey? Find(string name) =>
        Keys.FirstOrDefault(key => Is(key.Name, name))
            ?? Keys.FirstOrDefault(key => key.Aliases.Any(alias => Is(alias, name)));

    /// <summary>The kind of credential that a secret holds, which is complete then.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public CredentialKind Identify(CredentialFields fields)
    {
        var kind = Kinds.FirstOrDefault(kind => kind.Keys.Any(key => fields[key.Name] is not null));
        if (kind is null)
        {
            throw fields.Invalid(
                "has no credential; store in it " + string.Join(", or ", Kinds.Select(known => List(known.Required))));
        }

        var stranger = Kinds.SelectMany(other => other.Keys).Except(kind.Keys).FirstOrDefault(
            key => fields[key.Name] is not null);
        if (stranger is not null)
        {
            throw fields.Invalid(
                $"has the key '{stranger.Name}', which does not belong to {kind.Noun}; store one kind of credential "
                    + "in a secret");
        }

        foreach (var key in kind.Required)
            fields.Require(key.Name);
        return kind;
    }

    /// <summary>The keys of a complete credential of the first kind, as they read in a sentence.</summary>
    public string Example => List(Pair.Required);

    /// <summary>The first variable of a credential in the environment.</summary>
    public string FirstVariable => Variables.First().Variable!;

    private IEnumerable<CredentialKey> Variables => Pair.Required.Where(key => key.Variable is not null);

    /// <summary>The credential of a user name and a password.</summary>
    /// <param name="source">Where it comes from, as it reads at the start of a sentence.</param>
    /// <param name="userName">The public part.</param>
    /// <param name="password">The secret part.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public CredentialFields Read(string source, string userName, string password) =>
        new(this, source, [new(Pair.Required[0].Name, userName), new(Pair.Required[1].Name, password)]);

    /// <summary>True when the environment has at least a part of a credential.</summary>
    public bool IsInEnvironment(Func<string, string?> environment) =>
        Variables.Any(key => Read(environment, key) is not null);

    /// <summary>The credential in the environment; null when there is none.</summary>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidSecret"/>: a part of it is missing.
    /// </exception>
    public CredentialFields? ReadEnvironment(Func<string, string?> environment)
    {
        if (!IsInEnvironment(environment))
            return null;
        if (Variables.FirstOrDefault(key => Read(environment, key) is null) is { } missing)
        {
            var present = Variables.First(key => Read(environment, key) is not null);
            throw new BackupLinksException(
                ErrorKind.InvalidSecret,
                $"The environment variable {present.Variable} is set but {missing.Variable} is not; set both or "
                    + "neither.");
        }

        string names = string.Join(", ", Variables.Select(key => key.Variable));
        return new CredentialFields(
            this, $"The credential in the environment ({names})",
            Pair.Keys.Select(key => new KeyValuePair<string, string?>(key.Name, Read(environment, key))).Where(
                pair => pair.Value is not null))
        {
            Origin = $"the environment variables {string.Join(" and ", Variables.Select(key => key.Variable))}",
        };
    }

    /// <summary>The variables of a credential in the environment, as they read in a sentence.</summary>
    public string VariableNames => string.Join(" and ", Variables.Select(key => key.Variable));

    /// <summary>The error for a credential that is nowhere.</summary>
    public BackupLinksException NotFound() => new(
        ErrorKind.CredentialNotFound,
        $"No credential for {Provider} was given or found; pass -Credential or -SecretName, store a secret named "
            + $"'{SecretName}' "
        + $"in the default vault, or set {VariableNames}.");

    private static string? Read(Func<string, string?> environment, CredentialKey key) =>
        key.Variable is not null && environment(key.Variable) is { Length: > 0 } value ? value : null;

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static string List(IReadOnlyList<CredentialKey> keys) => keys.Count == 1
        ? keys[0].Name
        : $"{string.Join(", ", keys.Take(keys.Count - 1).Select(key => key.Name))} and {keys[keys.Count - 1].Name}";
}
