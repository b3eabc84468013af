using System;
using System.Text;
using BackupLinks.Shims;

namespace BackupLinks.Files;

/// <summary>Full paths of Windows.</summary>
internal static class WindowsPath
{
    private const string Extended = @"\\?\";
    private const string Device = @"\\.\";
    private const string ExtendedShare = @"\\?\UNC\";
    private const string Share = @"\\";

    /// <summary>
    /// The length of the beginning that is not a folder in another: <c>C:\</c>, <c>\\server\share\</c>, and both behind
    /// <c>\\?\</c>.
    /// </summary>
    public static int GetRootLength(string path) =>
        path.StartsWith(ExtendedShare, StringComparison.OrdinalIgnoreCase) ? EndOf(path, ExtendedShare.Length, names: 2)
        : path.StartsWith(Extended, StringComparison.Ordinal) || path.StartsWith(Device, StringComparison.Ordinal)
            ? EndOf(path, Extended.Length, names: 1)
        : path.StartsWith(Share, StringComparison.Ordinal) ? EndOf(path, Share.Length, names: 2)
        : EndOf(path, 0, names: 1);

    /// <summary>
    /// A path in the spelling that the file system has: one file has one, in whatever case, or with whatever short
    /// name, a caller writes it. What is not there stays as it is written. Elsewhere than on Windows, each spelling is
    /// another file.
    /// </summary>
    /// <param name="path">A full path.</param>
    public static string ToStored(string path) => Platform.IsWindows ? ToStored(path, Kernel32.FindName) : path;

    /// <inheritdoc cref="ToStored(string)"/>
    /// <param name="path">A full path.</param>
    /// <param name="findName">The name that a folder has for what is at a path; null for nothing.</param>
    internal static string ToStored(string path, Func<string, string?> findName)
    {
        int root = GetRootLength(path);
        var stored = new StringBuilder(path, 0, root, path.Length);
        for (int start = root, end; start < path.Length; start = end + 1)
        {
            end = path.IndexOf('\\', start);
            end = end < 0 ? path.Length : end;
            string name = path.Substring(start, end - start);
            int length = stored.Length;
            stored.Append(name);
            // A wildcard would find any name.
            if (name.IndexOfAny(['*', '?', '<', '>', '"']) < 0 && findName(stored.ToString()) is { Length: > 0 } found)
            {
                stored.Length = length;
                stored.Append(found);
            }

            if (end < path.Length)
                stored.Append('\\');
        }

        return stored.ToString();
    }

    private static int EndOf(string path, int start, int names)
    {
        for (; names > 0; names--)
        {
            int end = path.IndexOf('\\', start);
            if (end < 0)
                return path.Length;
            start = end + 1;
        }

        return start;
    }
}
