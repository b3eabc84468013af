using System.Management.Automation;
using BackupLinks.CapitalOnline;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Pipeline;
using BackupLinks.Secrets;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the download addresses of backups of Capital Online Redis instances.</summary>
[Cmdlet(VerbsCommon.Get, "CdsBackupDownload")]
[OutputType(typeof(CdsBackupDownload))]
public sealed class GetCdsBackupDownloadCommand : LinkCommand<CdsBackupDownload>
{
    private CdsRedisClient? _client;

    /// <summary>The Redis instance.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceUuid")]
    [AllowEmptyString]
    public string InstanceId { get; set; } = "";

    /// <summary>The backups.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Id]
    public string[] BackupId { get; set; } = [];

    /// <summary>Which of the two addresses to use.</summary>
    [Parameter]
    public CdsNetwork Network { get; set; }

    private protected override CredentialConvention Convention => CapitalOnlineCredential.Convention;

    private protected override void Connect(FoundCredential credential, CommandPipeline pipeline) =>
        _client = new CdsRedisClient(new CapitalOnlineConnection(Endpoint, credential.Fields, credential.Secret, pipeline));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (instanceId, network) = (InstanceId, Network);
        foreach (string backupId in BackupId)
        {
            Ask(backupId, $"Backup '{backupId}' of instance '{instanceId}'",
                stop => _client!.DownloadBackupAsync(instanceId, backupId, network, stop));
        }
    }
}
