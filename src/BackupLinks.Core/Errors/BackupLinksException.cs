using System;

namespace BackupLinks.Errors;

/// <summary>The root of everything that this library throws on purpose.</summary>
public class BackupLinksException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">One sentence: what happened, to what, what to do. Never holds a secret.</param>
    /// <param name="innerException">The cause, or null.</param>
    public BackupLinksException(ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong; names the error id that the cmdlets report.</summary>
    public ErrorKind Kind { get; }
}
