using System;

namespace BackupLinks.Sandbox.Verification;

/// <summary>Percent-encoding as .NET's own, current implementation does it: a second opinion on the module's.</summary>
internal static class Rfc3986
{
    /// <summary>Encodes all but unreserved characters.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);
}
