using System.Collections.Generic;

namespace BackupLinks.Credentials;

/// <summary>One named value of a secret: a part of a credential, or a setting that is stored with it.</summary>
/// <param name="Name">The name; upper and lower case are the same.</param>
internal sealed record CredentialKey(string Name)
{
    /// <summary>Other names for the same value.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The environment variable with the value; null for none.</summary>
    public string? Variable { get; init; }

    /// <summary>
    /// True for a value of printable ASCII without blanks: it is signed, or sent in a header, as it is.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>True for a value that a header carries, so that it must be ASCII.</summary>
    public bool IsInHeader { get; init; }

    /// <summary>True for a value that is read without the white space around it.</summary>
    public bool IsTrimmed { get; init; }

    /// <summary>True for a value that a person chose, which may have any visible character.</summary>
    public bool IsPassword { get; init; }

    /// <summary>True for a value of which there may be several: see <see cref="SettingList"/>.</summary>
    public bool IsList { get; init; }

    /// <summary>True for a value that is true or false: see <see cref="SettingFlag"/>.</summary>
    public bool IsFlag { get; init; }

    /// <summary>True for the base address of a service, which credentials are sent to.</summary>
    public bool IsEndpoint { get; init; }
}
