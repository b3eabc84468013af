using System.Management.Automation;
using BackupLinks.Sessions;

namespace BackupLinks.Formatting;

/// <summary>Warnings of which one in a session is enough.</summary>
internal static class SessionWarnings
{
    /// <summary>Writes a warning, unless this session has had one of the same cause.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="cause">The cause, for the session's memory only.</param>
    /// <param name="warning">The warning.</param>
    public static void WarnOnce(this Cmdlet cmdlet, string cause, string warning)
    {
        if (ModuleSession.Current.IsFirst(cause))
            cmdlet.Warn(warning);
    }
}
