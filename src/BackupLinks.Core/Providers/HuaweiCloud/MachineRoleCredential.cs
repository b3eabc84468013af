using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud;

/// <summary>The agency of the machine that the command runs on, whose keys its metadata service has.</summary>
/// <param name="role">Its name.</param>
internal sealed class MachineRoleCredential(string role) : HuaweiCredential
{
    public override SecretScrubber Scrubber { get; } = new();

    public override string Noun => "the key";

    public override string Fingerprint { get; } = Hex.Sha256($"role\n{role}");
}
