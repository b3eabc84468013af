using System;
using System.Globalization;

namespace BackupLinks.Discovery;

/// <summary>Reads values that the vendors write as text; any other text is null.</summary>
internal static class WireValue
{
    /// <summary>The number of bytes of a vendor's KB.</summary>
    public const long BytesPerKilobyte = 1024;

    private const double BytesPerGigabyte = 1024 * 1024 * 1024;

    /// <summary>The text; null for none.</summary>
    public static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    /// <summary><c>true</c> and <c>false</c>, in upper or lower case.</summary>
    public static bool? Boolean(string? text) => bool.TryParse(text, out bool value) ? value : null;

    /// <summary>A number with or without a fraction.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && !double.IsInfinity(value) && !double.IsNaN(value)
            ? value
            : null;

    /// <summary>A number of bytes.</summary>
    public static long? Bytes(long? bytes) => bytes is >= 0 ? bytes : null;

    /// <summary>The bytes in a number of kilobytes.</summary>
    public static long? Kilobytes(long? kilobytes) =>
        kilobytes is >= 0 and <= long.MaxValue / BytesPerKilobyte ? kilobytes * BytesPerKilobyte : null;

    /// <summary>The bytes in a number of kilobytes, which may have a fraction.</summary>
    public static long? Kilobytes(double? kilobytes) =>
        kilobytes is >= 0 and < 1e15 ? (long)Math.Round(kilobytes.Value * BytesPerKilobyte) : null;

    /// <summary>The bytes in a number of megabytes.</summary>
    public static long? Megabytes(long? megabytes) => Kilobytes(Kilobytes(megabytes));

    /// <summary>
    /// The bytes in a number of megabytes, which may have a fraction; null for 0, which may be a rounded size.
    /// </summary>
    public static long? Megabytes(double? megabytes) =>
        megabytes is > 0 and < 1e12 ? Kilobytes(megabytes * BytesPerKilobyte) : null;

    /// <summary>
    /// The bytes in a number of gigabytes, which may have a fraction; null for 0, which is not known.
    /// </summary>
    public static long? Gigabytes(double? gigabytes) =>
        gigabytes is > 0 and < 1e9 ? (long)Math.Round(gigabytes.Value * BytesPerGigabyte) : null;

    /// <summary>A TCP port.</summary>
    public static int? Port(long? port) => port is > 0 and <= 65535 ? (int)port : null;

    /// <summary>A day, <c>yyyy-MM-dd</c>, as a date without a zone.</summary>
    public static DateTime? Day(string? text) =>
        DateTime.TryParseExact(
            text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : DateTime.TryParseExact(
                text?.Trim().Split('T', ' ')[0], "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out day) ? day
            : null;
}
