using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the database services that the module knows. Nothing is sent to a cloud.</summary>
[Cmdlet(VerbsCommon.Get, "BackupService")]
[OutputType(typeof(BackupServiceInfo))]
public sealed class GetBackupServiceCommand : PSCmdlet
{
    private readonly Dictionary<CredentialSchema, bool> _credentials = [];

    /// <summary>The names of the services, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Service")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServiceCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var selector = new ServiceSelector(Clouds.Registry);
        var found = Name.Length == 0 ? [.. Clouds.Registry.Services] : new List<BackupService>();
        foreach (string name in Name)
        {
            try
            {
                found.AddRange(selector.Find(name));
            }
            catch (BackupLinksException) when (WildcardPattern.ContainsWildcardCharacters(name))
            {
                // Nothing fits, as with any other list.
            }
            catch (BackupLinksException e)
            {
                WriteError(e.ToErrorRecord(name));
            }
        }

        foreach (var service in found.Distinct())
            WriteObject(new BackupServiceInfo(service, HasCredential(service.Provider.Credentials)));
    }

    // The vault lists the name of the secret; the secret is not read.
    private bool HasCredential(CredentialSchema schema)
    {
        if (!_credentials.TryGetValue(schema, out bool has))
        {
            var names = VaultQuery.GetNames("Get-SecretInfo", new() { ["Name"] = schema.SecretName });
            has = schema.IsInEnvironment(Environment.GetEnvironmentVariable)
                || names.Contains(schema.SecretName, StringComparer.OrdinalIgnoreCase);
            _credentials.Add(schema, has);
        }

        return has;
    }
}
