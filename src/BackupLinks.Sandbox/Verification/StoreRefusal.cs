using System.Collections.Generic;

namespace BackupLinks.Sandbox.Verification;

/// <summary>Why the object store refuses a request, in the words of OBS and S3.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The error code.</param>
/// <param name="Message">The message.</param>
/// <param name="Details">Elements that this error has beside the common ones.</param>
internal sealed record StoreRefusal(
    int Status, string Code, string Message, IReadOnlyList<(string Name, string Value)> Details)
{
    public StoreRefusal(int status, string code, string message)
        : this(status, code, message, [])
    {
    }
}
