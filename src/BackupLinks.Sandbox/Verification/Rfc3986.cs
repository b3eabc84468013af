using System;

namespace BackupLinks.Sandbox.Verification;

/// <summary>Percent-encoding as .NET's own, current implementation does it: a second opinion on the module's.</summary>
internal static class Rfc3986
{
    /// <summary>Encodes all but unreserved characters.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>Decodes a part of a query.</summary>
    /// <param name="text">The part as it came over the wire.</param>
    /// <param name="plusIsSpace">
    /// True to read <c>+</c> as a space, as HTML forms do; false to read it as itself.
    /// </param>
    public static string Decode(string text, bool plusIsSpace) =>
        Uri.UnescapeDataString(plusIsSpace ? text.Replace('+', ' ') : text);
}
