using System.Management.Automation;
using BackupLinks.Text;

namespace BackupLinks.Formatting;

/// <summary>
/// All lines that commands write for people go through here, so that none carries what a screen would obey.
/// </summary>
internal static class ScreenOutput
{
    /// <summary>Writes a warning. On the pipeline thread.</summary>
    public static void Warn(this Cmdlet cmdlet, string line) => cmdlet.WriteWarning(ScreenText.Printable(line));

    /// <summary>Writes a verbose line. On the pipeline thread.</summary>
    public static void Tell(this Cmdlet cmdlet, string line) => cmdlet.WriteVerbose(ScreenText.Printable(line));
}
