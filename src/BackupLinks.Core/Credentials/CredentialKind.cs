using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Credentials;

/// <summary>One kind of credential that a provider accepts.</summary>
/// <param name="Noun">The kind, as it reads behind "does not go with": "an access key".</param>
/// <param name="Required">The keys that it must have; of a pair, the public one first.</param>
internal sealed record CredentialKind(string Noun, IReadOnlyList<CredentialKey> Required)
{
    /// <summary>The role of the machine that the command runs on, whose keys its metadata service has.</summary>
    /// <param name="alias">The cloud's own word for it.</param>
    public static CredentialKind MachineRole(string alias) => new(
        "a role", [new(CredentialFields.Role) { IsTrimmed = true, IsInHeader = true, Aliases = [alias] }]);

    /// <summary>The keys that it may have besides.</summary>
    public IReadOnlyList<CredentialKey> Optional { get; init; } = [];

    /// <summary>All of its keys.</summary>
    public IEnumerable<CredentialKey> Keys => Required.Concat(Optional);
}
