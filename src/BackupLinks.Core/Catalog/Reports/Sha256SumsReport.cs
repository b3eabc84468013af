using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

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
            .Select(file => (Path: ToRelative(folder, file.Path), file.Sha256))
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

    // Path.GetRelativePath is not in the older framework.
    private static string ToRelative(string folder, string path)
    {
        var comparison = Path.DirectorySeparatorChar == '\\'
            ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        string[] from = Split(folder), to = Split(path);
        int common = 0;
        while (common < Math.Min(from.Length, to.Length - 1) && from[common].Equals(to[common], comparison))
            common++;
        // Another drive.
        if (common == 0)
            return string.Join("/", to);
        return string.Join("/", Enumerable.Repeat("..", from.Length - common).Concat(to.Skip(common)));
    }

    // The first part is empty where a path begins with the separator.
    private static string[] Split(string path)
    {
        string[] parts = path.Split(Path.DirectorySeparatorChar);
        return [.. parts.Where((part, index) => index == 0 || part.Length > 0)];
    }
}
