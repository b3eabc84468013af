using System;
using System.Management.Automation;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Formatting;

/// <summary>All error records of the module are made here.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error that the library throws on purpose.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">The item that it is about.</param>
    public static ErrorRecord ToErrorRecord(this BackupLinksException error, object? target) =>
        Create(error, error.Kind.ToString(), Category(error.Kind), target);

    /// <summary>The record of an error about a backup, which the exception then names.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">The item that it is about.</param>
    /// <param name="ids">Which instance and backup it is about.</param>
    public static ErrorRecord ToErrorRecord(this BackupLinksException error, object? target, SourceIds ids)
    {
        // Several files may share one refusal.
        if (error.InstanceId is not null || error.BackupId is not null)
            error = error.Copy();
        error.BackupTime = ids.BackupTime;
        (error.InstanceId, error.InstanceName, error.BackupId) = (Clean(ids.InstanceId), Clean(ids.InstanceName), Clean(
            ids.BackupId));
        return error.ToErrorRecord(target);

        static string? Clean(string? text) => text is null ? null : ErrorTarget.Redact(text);
    }

    /// <summary>The record of an unexpected error.</summary>
    /// <inheritdoc cref="ToErrorRecord(BackupLinksException, object?)"/>
    public static ErrorRecord ToUnexpectedErrorRecord(this Exception error, object? target)
    {
        if (!IsClean(error))
            error = new InvalidOperationException(ErrorTarget.Redact(error.Message));
        return Create(error, "UnexpectedError", ErrorCategory.NotSpecified, target);
    }

    // Get-Error and Export-Clixml show every cause, each with its own message.
    private static bool IsClean(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (ErrorTarget.Redact(cause.Message) != cause.Message)
                return false;
        }

        return true;
    }

    private static ErrorRecord Create(Exception error, string id, ErrorCategory category, object? target)
    {
        object? item = ErrorTarget.Of(target);
        var record = new ErrorRecord(error, id, category, item);
        // Views show the target beside the category, as text.
        if (item is not null)
            record.CategoryInfo.TargetName = ScreenText.Excerpt(NameOf(target) ?? item.ToString());
        return record;
    }

    private static string? NameOf(object? target) =>
        ((target is PSObject wrapped ? wrapped.BaseObject : target) as CloudResource)?.ToString();

    private static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.AuthenticationFailed or ErrorKind.ClockSkew or ErrorKind.CredentialNotFound =>
            ErrorCategory.AuthenticationError,
        ErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
        ErrorKind.NotFound or ErrorKind.NoBackup or ErrorKind.SecretNotFound or ErrorKind.ProjectNotFound =>
            ErrorCategory.ObjectNotFound,
        ErrorKind.Conflict => ErrorCategory.ResourceBusy,
        ErrorKind.Throttled => ErrorCategory.LimitsExceeded,
        ErrorKind.ServiceUnavailable or ErrorKind.VaultUnavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.RequestTimeout or ErrorKind.NotReady => ErrorCategory.OperationTimeout,
        ErrorKind.InvalidResponse or ErrorKind.InvalidSecret => ErrorCategory.InvalidData,
        ErrorKind.SecretManagementNotAvailable => ErrorCategory.NotInstalled,
        ErrorKind.InsecureEndpoint or ErrorKind.InsecureUri or ErrorKind.UnsafeFileName => ErrorCategory.SecurityError,
        ErrorKind.LinkExpired or ErrorKind.LinkRenewalFailed => ErrorCategory.AuthenticationError,
        ErrorKind.BackupTooOld or ErrorKind.NewerBackupFailed or ErrorKind.ObjectChanged or ErrorKind.SizeMismatch
            or ErrorKind.HashMismatch => ErrorCategory.InvalidData,
        ErrorKind.NotABackup or ErrorKind.BackupDamaged or ErrorKind.BackupTruncated => ErrorCategory.InvalidData,
        ErrorKind.FileExists => ErrorCategory.ResourceExists,
        ErrorKind.FileInUse => ErrorCategory.ResourceBusy,
        ErrorKind.DiskFull or ErrorKind.DestinationUnavailable or ErrorKind.CatalogUnavailable =>
            ErrorCategory.WriteError,
        ErrorKind.ManifestUnavailable => ErrorCategory.OpenError,
        ErrorKind.InvalidManifest => ErrorCategory.InvalidData,
        ErrorKind.Stalled => ErrorCategory.OperationTimeout,
        _ => ErrorCategory.InvalidArgument,
    };
}
