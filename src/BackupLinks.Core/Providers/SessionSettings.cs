using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Credentials;

namespace BackupLinks.Providers;

/// <summary>The settings of a session by their names in the provider's schema; empty ones are not given.</summary>
internal sealed class SessionSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a setting; null when it is not given.</summary>
    public string? this[string name]
    {
        get => _values.TryGetValue(name, out string? value) ? value : null;
        set
        {
            _values.Remove(name);
            if (!string.IsNullOrEmpty(value))
                _values.Add(name, value!);
        }
    }

    /// <summary>All settings, the same text for the same settings.</summary>
    public override string ToString() => string.Join("\n", _values
        .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(
            pair => pair.Key.ToUpperInvariant() + "=" + pair.Value));

    /// <summary>
    /// The value that applies: the setting, else that of the secret, else that of the environment; null for none.
    /// </summary>
    /// <param name="name">The name of the setting.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="schema">Knows the variable.</param>
    /// <param name="environment">Reads an environment variable; null for one that is not set.</param>
    public string? Resolve(
        string name, CredentialFields secret, CredentialSchema schema, Func<string, string?> environment) =>
        this[name] ?? secret[name]
        ?? (schema.Find(name)?.Variable is { } variable && environment(variable) is { Length: > 0 } value
            ? value
            : null);
}
