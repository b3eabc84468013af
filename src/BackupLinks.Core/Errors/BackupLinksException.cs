using System;
using BackupLinks.Text;

namespace BackupLinks.Errors;

/// <summary>The root of everything that this library throws on purpose.</summary>
public class BackupLinksException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">One sentence: what happened, to what, what to do. Never holds a secret.</param>
    /// <param name="innerException">The cause, or null.</param>
    public BackupLinksException(ErrorKind kind, string message, Exception? innerException = null)
        : base(ScreenText.Printable(message), innerException) => Kind = kind;

    /// <summary>The instance that the error is about; null where it does not apply or is not known.</summary>
    public string? InstanceId { get; internal set; }

    /// <summary>The name of that instance; null where it is not known.</summary>
    public string? InstanceName { get; internal set; }

    /// <summary>The backup that the error is about; null where it does not apply or is not known.</summary>
    public string? BackupId { get; internal set; }

    /// <summary>The time of that backup; null where it is not known.</summary>
    public DateTimeOffset? BackupTime { get; internal set; }

    /// <summary>The same error once more: PowerShell shows an exception that it has shown before only once.</summary>
    internal virtual BackupLinksException Copy() => new(Kind, Message, InnerException);

    /// <summary>The kind of error; names the error id that the cmdlets report.</summary>
    public ErrorKind Kind { get; }
}
