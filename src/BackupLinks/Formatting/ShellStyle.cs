using System.Management.Automation;

namespace BackupLinks.Formatting;

/// <summary>
/// The shell's own colours, <c>$PSStyle.Formatting</c>, which PowerShell has since 7.2. It takes them out again
/// wherever the output is not a terminal, or $PSStyle.OutputRendering or NO_COLOR says so.
/// </summary>
internal static class ShellStyle
{
    private static readonly PSObject? Style =
        typeof(PSObject).Assembly.GetType(
            "System.Management.Automation.PSStyle")?.GetProperty("Instance")?.GetValue(null) is { } style
                ? PSObject.AsPSObject(style) : null;

    /// <summary>The text in the colour of a kind of message; as it is where there are no colours.</summary>
    /// <param name="text">The text.</param>
    /// <param name="formatting">The name of the kind in $PSStyle.Formatting: Error, Warning.</param>
    public static string Decorate(string text, string formatting) =>
        Style?.Properties["Formatting"]?.Value is { } kinds
            && PSObject.AsPSObject(kinds).Properties[formatting]?.Value is string colour
            ? colour + text + Style.Properties["Reset"].Value
            : text;
}
