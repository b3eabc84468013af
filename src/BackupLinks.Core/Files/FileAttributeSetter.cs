using System;
using System.IO;

namespace BackupLinks.Files;

/// <summary>
/// Sets the time and the mode of a file. Some mounts have neither, and the file is as good without them.
/// </summary>
/// <param name="path">The path that is named in a notice.</param>
/// <param name="notices">Takes a line about what the file system does not have.</param>
internal sealed class FileAttributeSetter(string path, FileNotices notices)
{
    /// <summary>Sets an attribute, or says that the file system does not have it.</summary>
    /// <param name="attribute">Its name.</param>
    /// <param name="set">Sets it.</param>
    public void TrySet(string attribute, Action set)
    {
        try
        {
            set();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // An ArgumentException is the framework's for a time that the system does not have.
            notices.Tell?.Invoke(
                $"The file system of '{path}' does not set the {attribute} of a file ({e.Message.TrimEnd('.')}).");
        }
    }
}
