using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using BackupLinks.Files;

namespace BackupLinks.Catalog.Reports;

/// <summary>
/// The SHA-256 that each file was saved with, in the format of GNU coreutils. A file that is known to be bad or missing
/// is among them, so that <c>sha256sum -c</c> says so.
/// </summary>
internal static class Sha256SumsReport
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the sums, by path.</summary>
    /// <param name="files">The files; those without a SHA-256 are left out.</param>
    /// <param name="folder">The full path of the folder that the report is in.</param>
    public static byte[] Write(IEnumerable<BackupFile> files, string folder)
    {
        var text = new StringBuilder();
        var lines = files.Where(file => file.Sha256 is not null)
            .Select(file => (Path: ToRelative(folder, file.Path, Path.DirectorySeparatorChar), file.Sha256))
            .Distinct().OrderBy(line => line.Path, StringComparer.Ordinal);
        foreach (var (path, sha256) in lines)
        {
            string name = Escape(path);
            // The backslash in front says that the name is escaped.
            text.Append(name == path ? "" : "\\").Append(sha256).Append("  ").Append(name).Append('\n');
        }

        return Utf8.GetBytes(text.ToString());
    }

    private static string Escape(string path) =>
        path.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\r", "\\r");

    /// <summary>
    /// The path of a file as the report has it, relative to its folder; all of it for a file of another drive or share.
    /// </summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="separator">The separator of the system: that of Windows knows roots, and no case.</param>
    internal static string ToRelative(string folder, string path, char separator)
    {
        // Path.GetRelativePath is not in the older framework.
        bool isWindows = separator == '\\';
        var comparison = isWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        int fromRoot = isWindows ? WindowsPath.GetRootLength(folder) : 0;
        int toRoot = isWindows ? WindowsPath.GetRootLength(path) : 0;
        if (!folder.Substring(0, fromRoot).TrimEnd(separator)
            .Equals(path.Substring(0, toRoot).TrimEnd(separator), comparison))
            return path.Replace(separator, '/');
        string[] from = Split(folder.Substring(fromRoot), separator), to = Split(path.Substring(toRoot), separator);
        int common = 0;
        while (common < Math.Min(from.Length, to.Length - 1) && from[common].Equals(to[common], comparison))
            common++;
        return string.Join("/", Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }

    private static string[] Split(string path, char separator) =>
        path.Split([separator], StringSplitOptions.RemoveEmptyEntries);
}
