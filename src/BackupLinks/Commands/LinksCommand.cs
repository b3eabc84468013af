using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands that return links of backups or logs.</summary>
public abstract class LinksCommand : ServiceCommand
{
    private protected LinksCommand()
    {
    }

    /// <summary>False for a backup or log that cannot be downloaded, as a list says.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ListedBoolean]
    public bool? IsDownloadable { get; set; }

    /// <summary>The state in the list, for the message about one that cannot be downloaded.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? Status { get; set; }

    /// <summary>The name of the instance, for what is made of the links.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceName { get; set; }

    /// <summary>The time of the backup, or the day of the log, for what is made of the links.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [ListedTime]
    public virtual DateTimeOffset? BackupTime { get; set; }

    private protected sealed override bool MayWait => true;

    /// <summary>The details that the list states of the backup or log.</summary>
    private protected virtual BackupDetails Details
    {
        get
        {
            var backup = InputObject as CloudBackup;
            return new(InstanceName, BackupTime)
            {
                EndTime = backup?.EndTime,
                Type = backup?.Type,
                Engine = (backup as IBackup)?.Engine,
            };
        }
    }

    /// <summary>The error for a backup or log that cannot be downloaded.</summary>
    /// <param name="item">The backup or log.</param>
    /// <param name="status">Its state, as the list says.</param>
    internal static BackupLinksException NotDownloadable(RequestItem item, string? status) => new(
        ErrorKind.InvalidRequest,
        item.Subject + ScreenText.Sentence(
            $" cannot be downloaded: its state was '{status}' when it was listed; list it again, or choose another."));

    /// <summary>
    /// Sends a request, unless the list says that there is nothing to download; the error then waits for its turn.
    /// </summary>
    private protected void SendIfDownloadable(ServiceRequest<DownloadLink> request)
    {
        // A state that the list does not name says nothing.
        if (IsDownloadable != false || string.IsNullOrWhiteSpace(Status))
        {
            Send(request);
            return;
        }

        Fail(request.Item, NotDownloadable(request.Item, Status));
    }
}
