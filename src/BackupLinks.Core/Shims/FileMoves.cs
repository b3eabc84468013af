using System.IO;

namespace BackupLinks.Shims;

internal static class FileMoves
{
    /// <summary>Gives a file another name in the same folder, in one step.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">Its new path.</param>
    /// <param name="replace">True to take the place of a file that is there; it is whole until then.</param>
    /// <exception cref="IOException">Among others, when a file is there and must not be replaced.</exception>
    public static void Rename(string source, string target, bool replace)
    {
#if NET8_0_OR_GREATER
        File.Move(source, target, replace);
#else
        // A link is not followed: it goes, and what it leads to stays as it is.
        if (replace && Transfer.DiskErrors.IsLink(target))
            File.Delete(target);
        if (replace && File.Exists(target))
            File.Replace(source, target, null, ignoreMetadataErrors: true);
        else
            File.Move(source, target);
#endif
    }
}
