using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BackupLinks.Errors;

namespace BackupLinks.Credentials;

/// <summary>
/// A credential as it was stored: named values, from a secret, a parameter or the environment.
/// Names are compared without case, because SecretManagement returns case-sensitive hashtables.
/// </summary>
internal sealed class CredentialFields
{
    public const string AccessKey = "AccessKey";
    public const string SecretKey = "SecretKey";
    public const string SecurityToken = "SecurityToken";
    public const string UserName = "UserName";
    public const string Password = "Password";
    public const string DomainName = "DomainName";
    public const string Token = "Token";
    public const string Role = "Role";
    public const string Region = "Region";
    public const string ProjectId = "ProjectId";
    public const string Endpoint = "Endpoint";

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Validates and takes the values.</summary>
    /// <param name="schema">The keys that the provider knows.</param>
    /// <param name="source">Where they come from, as it reads in a sentence: "The secret 'Prod'".</param>
    /// <param name="values">Names and values.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidSecret"/>; names keys, never values.
    /// </exception>
    public CredentialFields(
        CredentialSchema schema, string source, IEnumerable<KeyValuePair<string, string?>> values)
    {
        Source = source;
        Origin = char.ToLowerInvariant(source[0]) + source.Substring(1);
        var pairs = values.ToArray();
        foreach (var pair in pairs)
        {
            if (schema.Find(pair.Key) is not { } key)
            {
                throw Invalid(
                    $"{SecretKeyName.Describe(pair.Key, pairs.Select(other => other.Value), schema)}; "
                    + $"the keys are {string.Join(", ", schema.Keys.Select(known => known.Name))}");
            }

            if (SecretValue.FindDefect(key, pair.Value) is { } defect)
                throw Invalid(defect);
            if (_values.ContainsKey(key.Name))
                throw Invalid($"has the key '{key.Name}' more than once");
            if (key.IsFlag && SettingFlag.Parse(pair.Value) is null)
                throw Invalid($"has a '{key.Name}' that {SettingFlag.Defect}");
            _values.Add(key.Name, pair.Value!);
        }
    }

    /// <summary>Reads the values from a JSON object.</summary>
    /// <param name="schema">The keys that the provider knows.</param>
    /// <param name="source">Where the text comes from, as it reads in a sentence.</param>
    /// <param name="json">The text. Nothing of it goes into an error.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public static CredentialFields FromJson(CredentialSchema schema, string source, string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json.TrimStart(SecretValue.ByteOrderMark));
        }
        catch (JsonException)
        {
            throw Invalid(source, "is text that is not JSON; store a JSON object, a hashtable, or a PSCredential");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Invalid(source, "is JSON, but not an object; store an object with the keys " + schema.Example);
            try
            {
                return new CredentialFields(
                    schema, source, document.RootElement.EnumerateObject().Select(
                        property => property.Value.ValueKind switch
                {
                    JsonValueKind.String =>
                        new KeyValuePair<string, string?>(property.Name, property.Value.GetString()),
                    JsonValueKind.True or JsonValueKind.False when schema.Find(property.Name)?.IsFlag == true =>
                        new KeyValuePair<string, string?>(
                            property.Name, SettingFlag.ToText(property.Value.GetBoolean())),
                    JsonValueKind.Null => new KeyValuePair<string, string?>(property.Name, null),
                    JsonValueKind.Array when IsList(schema, property) => new KeyValuePair<string, string?>(
                        property.Name, SettingList.Join(
                            property.Value.EnumerateArray().Select(item => item.GetString()))),
                    _ => throw WrongType(
                        schema, source, property.Name, "a JSON "
                            + property.Value.ValueKind.ToString().ToLowerInvariant()),
                }));
            }
            catch (InvalidOperationException)
            {
                throw Invalid(source, "has half a surrogate pair in its JSON; store the text again");
            }
        }
    }

    private static bool IsList(CredentialSchema schema, JsonProperty property) =>
        schema.Find(property.Name)?.IsList == true
        && property.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    /// <summary>The error for a value that is not text.</summary>
    public static BackupLinksException WrongType(CredentialSchema schema, string source, string key, string type) =>
        Invalid(source, $"has {type} in {SecretKeyName.Quote(key, [], schema)}; store text there");

    /// <summary>An error about a secret.</summary>
    /// <param name="source">Where it comes from, as it reads at the start of a sentence.</param>
    /// <param name="what">The rest of the sentence, without its full stop.</param>
    public static BackupLinksException Invalid(string source, string what) =>
        new(ErrorKind.InvalidSecret, $"{source} {what}.");

    /// <summary>Where the values come from, as it reads at the start of a sentence.</summary>
    public string Source { get; }

    /// <summary>
    /// Whose key it is, as it reads behind "the key of": <c>secret 'Prod' in vault 'Backups'</c>. For errors of a
    /// provider that does not accept it.
    /// </summary>
    public string Origin { get; set; }

    /// <summary>The value of a key; null when it has none.</summary>
    public string? this[string key] => _values.TryGetValue(key, out string? value) ? value : null;

    /// <summary>The value of a key that must be there.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public string Require(string key) => this[key] ?? throw Invalid($"has no key '{key}'; add it");

    /// <summary>An error about this secret.</summary>
    /// <param name="what">The rest of the sentence, without its full stop.</param>
    public BackupLinksException Invalid(string what) => Invalid(Source, what);
}
