using System;
using System.Management.Automation;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Text;

namespace BackupLinks.Secrets;

/// <summary>
/// Finds the credential of a command. The first that is given wins: parameter, named secret, the provider's
/// own secret, environment.
/// </summary>
/// <param name="cmdlet">The command.</param>
/// <param name="schema">The credentials of the cloud.</param>
/// <param name="reader">Reads secrets; null for a reader of its own.</param>
internal sealed class CredentialResolver(PSCmdlet cmdlet, CredentialSchema schema, SecretReader? reader = null)
{
    private readonly SecretReader _reader = reader ?? new SecretReader(cmdlet);

    /// <summary>Finds the credential.</summary>
    /// <param name="credential">The value of -Credential, or null.</param>
    /// <param name="secretName">The value of -SecretName, or null.</param>
    /// <param name="vault">
    /// The value of -Vault, or null; alone, it requests the provider's secret in that vault.
    /// </param>
    /// <exception cref="BackupLinksException">There is none, or it is unusable.</exception>
    public FoundCredential Find(PSCredential? credential, string? secretName, string? vault)
    {
        if (credential is not null)
        {
            var given = SecretParser.Read(schema, "The value of -Credential", credential);
            given.Origin = "-Credential";
            return new FoundCredential(given, SecretReference.None);
        }

        if (secretName is not null || vault is not null)
            return ReadSecret(secretName ?? schema.SecretName, vault);

        string? trouble = null;
        if (_reader.IsAvailable())
        {
            try
            {
                return ReadSecret(schema.SecretName, null);
            }
            catch (BackupLinksException e) when (e.Kind == ErrorKind.SecretNotFound)
            {
                cmdlet.Tell($"No vault has a secret '{schema.SecretName}'.");
            }
            catch (BackupLinksException e) when (
                e.Kind == ErrorKind.VaultUnavailable && schema.IsInEnvironment(Environment.GetEnvironmentVariable))
            {
                trouble = e.Message;
            }
        }

        var environment = schema.ReadEnvironment(Environment.GetEnvironmentVariable) ?? throw schema.NotFound();
        if (trouble is not null)
            cmdlet.WarnOnce(trouble, $"{trouble} Using {schema.FirstVariable} from the environment instead.");
        return new FoundCredential(environment, SecretReference.None);
    }

    private FoundCredential ReadSecret(string name, string? vault)
    {
        // Both may be out of a file of links.
        string place = vault is null
            ? ScreenText.Sentence($"secret '{name}'")
            : ScreenText.Sentence($"secret '{name}' in the vault '{vault}'");
        var fields = SecretParser.Read(schema, "The " + place, _reader.Read(name, vault));
        fields.Origin = vault is null ? place : ScreenText.Sentence($"secret '{name}' in vault '{vault}'");
        cmdlet.Tell($"Using the {place}.");
        return new FoundCredential(fields, new SecretReference(name, vault));
    }
}
