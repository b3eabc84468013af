using System;
using System.Globalization;

namespace BackupLinks.Text;

/// <summary>Sizes for people.</summary>
internal static class SizeText
{
    private const long Unit = 1024;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>A size: <c>2.7 MiB</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    public static string Format(long bytes)
    {
        double value = bytes;
        int unit = 0;
        while (Math.Abs(value) >= Unit && unit < Units.Length - 1)
        {
            value /= Unit;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }
}
