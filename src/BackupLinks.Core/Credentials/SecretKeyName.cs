using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Text;

namespace BackupLinks.Credentials;

/// <summary>
/// Decides whether an error may name a key of a secret. In a table with keys and values the wrong way round, the key is
/// the secret: only what is evidently a key is named.
/// </summary>
internal static class SecretKeyName
{
    private const int LongestName = 40;
    private const int ShortestGiveaway = 5;

    // Names that people and vendors use for the parts of a credential, and for what they store with one. Without marks.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "ak", "sk", "accesskeyid", "accesskeysecret", "secretaccesskey", "awsaccesskeyid", "awssecretaccesskey",
        "secretid", "keyid", "key", "secret", "apikey", "apisecret", "sessiontoken", "awssessiontoken", "stoken",
        "xauthtoken", "user",
        "username", "userid", "login", "pwd", "pass", "passwd", "passphrase", "domain", "domainid", "account",
        "accountid", "accountname", "tenant", "tenantid", "project", "projectname", "regionid", "regionname", "zone",
        "host", "hostname",
        "server", "url", "uri", "port", "endpointurl", "iam", "profile", "vault", "secretname", "cloud", "provider",
        "type", "kind", "name", "title", "note", "notes", "comment", "description", "tag", "tags", "id", "instanceid",
        "backupid", "bucket", "bucketname", "expires", "expiry", "expiresat", "expiration", "created", "createdat",
        "owner", "accesskey", "secretkey", "securitytoken", "password", "domainname", "token", "region", "projectid",
        "endpoint", "iamendpoint", "email", "proxy", "proxyuser", "role", "agency", "version",
        "signatureversion", "vpcendpoint", "international", "enabled", "colour", "color",
    };

    /// <summary>The sentence's part for a key that no credential has: "has the unknown key 'AcessKey'".</summary>
    /// <param name="key">The key as it was stored.</param>
    /// <param name="values">All values beside it: one that is the name of a key gives the swap away.</param>
    /// <param name="schema">The keys that the provider knows.</param>
    public static string Describe(string key, IEnumerable<string?> values, CredentialSchema schema)
    {
        if (AreSwapped(values, schema))
            return "has the name of a key as a value, so keys and values may be swapped";
        return IsEvident(key, schema)
            ? $"has the unknown key '{key}'"
            : "has an unknown key, which is not shown because it may be a value in the wrong place";
    }

    /// <summary>A key in a sentence: "its key 'Region'".</summary>
    /// <param name="key">The key as it was stored.</param>
    /// <param name="values">All values beside it.</param>
    /// <param name="schema">The keys that the provider knows.</param>
    public static string Quote(string key, IEnumerable<string?> values, CredentialSchema schema) =>
        IsEvident(key, schema) && !AreSwapped(values, schema) ? $"its key '{key}'" : "one of its keys";

    // "AK" and "SK" are what examples have in the place of a value.
    private static bool AreSwapped(IEnumerable<string?> values, CredentialSchema schema) => values.Any(
        value => value is not null && Fold(value) is { Length: >= ShortestGiveaway } folded && IsName(folded, schema));

    // Letters alone, so that no key of a vendor, and hardly a password, is taken for a slip of the pen.
    private static bool IsEvident(string key, CredentialSchema schema)
    {
        if (key.Length is 0 or > LongestName
            || !key.All(c => IsLetter(c) || c is (>= '0' and <= '9') or '-' or '_' or '.' or ' '))
            return false;
        string folded = Fold(key);
        return IsName(folded, schema)
            || (folded.Length > 3 && folded.All(IsLetter)
                && schema.Keys.Any(known => IsNear(folded, Fold(known.Name))));
    }

    private static bool IsName(string folded, CredentialSchema schema) =>
        Words.Contains(folded)
            || schema.Keys.Any(
                known => Fold(known.Name) == folded || known.Aliases.Any(alias => Fold(alias) == folded));

    private static bool IsNear(string folded, string known) =>
        Math.Abs(folded.Length - known.Length) <= 2 && Spelling.Distance(folded, known) <= (known.Length > 6 ? 2 : 1);

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static string Fold(string text) =>
        new(text.Where(c => c is not ('-' or '_' or '.' or ' ')).Select(char.ToLowerInvariant).ToArray());
}
