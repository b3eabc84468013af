using BackupLinks.Errors;

namespace BackupLinks.Credentials;

/// <summary>A setting that is true or false, as people write one.</summary>
internal static class SettingFlag
{
    /// <summary>What is wrong with a value that is neither, behind its name.</summary>
    public const string Defect = "is neither true nor false; use one of them";

    /// <summary>The text of a value.</summary>
    public static string ToText(bool value) => value ? "true" : "false";

    /// <summary>The value of a text, in upper or lower case; null for another text.</summary>
    public static bool? Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "on" => true,
        "false" or "0" or "no" or "off" => false,
        _ => null,
    };

    /// <summary>The value of a setting; false for none.</summary>
    /// <param name="schema">Knows the setting.</param>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text; null for none.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidSecret"/>, about the environment: a value in a secret was checked with it.
    /// </exception>
    public static bool Read(CredentialSchema schema, string name, string? text) => text is not null && (Parse(text)
        ?? throw new BackupLinksException(
            ErrorKind.InvalidSecret,
            $"The environment variable {schema.Find(name)?.Variable ?? name} {Defect}."));
}
