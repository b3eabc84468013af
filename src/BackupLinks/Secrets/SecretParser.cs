using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using BackupLinks.Credentials;

namespace BackupLinks.Secrets;

/// <summary>
/// Reads the shapes that a secret may have: a PSCredential, a hashtable, or text with a JSON object. Without
/// <c>-AsPlainText</c>, SecretManagement gives text, and text inside a hashtable, as SecureString.
/// </summary>
internal static class SecretParser
{
    /// <summary>Reads a secret.</summary>
    /// <param name="schema">The keys that the provider knows.</param>
    /// <param name="source">The secret, as it reads at the start of a sentence.</param>
    /// <param name="secret">The value that Get-Secret returned.</param>
    /// <exception cref="Errors.BackupLinksException">InvalidSecret; names keys, never values.</exception>
    public static CredentialFields Read(CredentialSchema schema, string source, object secret) => secret switch
    {
        PSObject wrapped => Read(schema, source, wrapped.BaseObject),
        PSCredential credential => Read(schema, source, credential),
        IDictionary table => new CredentialFields(
            schema, source, table.Keys.Cast<object>().Select(key => ReadEntry(schema, source, key, table[key]))),
        SecureString text => CredentialFields.FromJson(schema, source, SecretText.Reveal(text)),
        string text => CredentialFields.FromJson(schema, source, text),
        _ => throw CredentialFields.Invalid(
            source, $"is a {secret.GetType().Name}; store a PSCredential, a hashtable, or text with a JSON object"),
    };

    /// <summary>The public part as user name, the secret part as password.</summary>
    /// <inheritdoc cref="Read(CredentialSchema, string, object)"/>
    public static CredentialFields Read(CredentialSchema schema, string source, PSCredential credential) =>
        schema.Read(source, credential.UserName, SecretText.Reveal(credential.Password));

    private static KeyValuePair<string, string?> ReadEntry(
        CredentialSchema schema, string source, object key, object? value)
    {
        string name = key as string
            ?? throw CredentialFields.Invalid(source, $"has a key that is a {key.GetType().Name}, not text");
        return new KeyValuePair<string, string?>(
            name, value is PSObject wrapped ? ReadText(wrapped.BaseObject) : ReadText(value));

        string? ReadText(object? item) => item switch
        {
            null => null,
            string text => text,
            SecureString text => SecretText.Reveal(text),
            PSObject wrapped => ReadText(wrapped.BaseObject),
            bool flag when schema.Find(name)?.IsFlag == true => SettingFlag.ToText(flag),
            IEnumerable list when schema.Find(name)?.IsList == true && item is not IDictionary =>
                SettingList.Join(list.Cast<object?>().Select(ReadText)),
            _ => throw CredentialFields.WrongType(schema, source, name, "a " + item.GetType().Name),
        };
    }
}
