using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using BackupLinks.Text;

namespace BackupLinks.Concurrency;

/// <summary>Says after Ctrl+C what the partial files are. A stopped pipeline takes no warning; the host does.</summary>
internal static class StoppedNotice
{
    /// <summary>Writes the notice, when something was left.</summary>
    /// <param name="host">The host; null for none.</param>
    /// <param name="unfinished">The places of the files that were not finished.</param>
    public static void Write(PSHost? host, IEnumerable<string> unfinished)
    {
        string[] partial = [.. unfinished.Select(path => path + ".partial").Where(File.Exists)];
        if (partial.Length == 0)
            return;
        // A folder may be a property of the piped objects.
        string first = ScreenText.Printable(partial[0]);
        string what = partial.Length == 1
            ? $"'{first}' is an unfinished file"
            : $"{partial.Length} files *.partial, such as '{first}', are unfinished";
        try
        {
            host?.UI?.WriteWarningLine(
                $"{what}; run the same command again to resume, or remove them with their *.partial.json.");
        }
        catch (Exception e) when (
            e is HostException or PipelineStoppedException or NotImplementedException or InvalidOperationException)
        {
            // A host without a screen.
        }
    }
}
