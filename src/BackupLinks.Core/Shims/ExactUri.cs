using System;

namespace BackupLinks.Shims;

internal static class ExactUri
{
    /// <summary>
    /// Parses an absolute address. Where the framework can, path and query stay as they were written;
    /// the ordinary parser rewrites them (<c>%7E</c> to <c>~</c>, <c>/a/../b</c> to <c>/b</c>), and a
    /// presigned link's signature covers what was written.
    /// </summary>
    public static bool TryCreate(string text, out Uri? uri)
    {
#if NET8_0_OR_GREATER
        if (IsPlainAscii(text))
        {
            var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
            return Uri.TryCreate(text, options, out uri) && uri.IsAbsoluteUri;
        }
#endif
        return Uri.TryCreate(text, UriKind.Absolute, out uri);
    }

    /// <summary>
    /// True for what may go on the wire, or into a line of a file, as it stands. A fragment is left to the ordinary
    /// parser, which cuts it off.
    /// </summary>
    public static bool IsPlainAscii(string text)
    {
        foreach (char c in text)
        {
            if (c is <= ' ' or >= (char)127 or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '#')
                return false;
        }

        return true;
    }
}
