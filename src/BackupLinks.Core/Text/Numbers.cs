using System.Globalization;

namespace BackupLinks.Text;

/// <summary>Numbers in messages, the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>A number with its thousands apart: <c>10,485,760</c>.</summary>
    public static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number and what it counts: <c>1 byte</c>, <c>2 bytes</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="noun">The counted thing, in the singular.</param>
    public static string Count(long number, string noun) => $"{Text(number)} {noun}{(number == 1 ? "" : "s")}";
}
