using System;
using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Formats;
using BackupLinks.Links;
using BackupLinks.Sessions;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Formatting;

/// <summary>The functions that table and list views call. For the views that Views.xml describes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Display
{
    // As long as the shortest life that a provider gives a link, and less than a large file takes.
    private static readonly TimeSpan ShortTime = TimeSpan.FromMinutes(5);

    private static readonly char[] Separators = ['/', '\\'];

    /// <summary>A size for people: <c>2.7 MiB</c>; empty for null.</summary>
    /// <param name="bytes">The size in bytes, or null.</param>
    public static string Size(long? bytes) => bytes is { } size ? SizeText.Format(size) : "";

    /// <summary>
    /// The remaining time, by the clock of the service that returned the link where this session knows it to differ:
    /// <c>4 min 59 s</c>, <c>59 min</c>, <c>23 h 58 min</c>, <c>expired</c>; empty for null. In colour where it is
    /// short or over, and the shell has colours.
    /// </summary>
    /// <param name="expiresAt">The end of the link's life, or null; also in the shapes that it takes in CliXml.</param>
    /// <param name="endpoint">The base address of the service.</param>
    public static string TimeLeft(object? expiresAt, object? endpoint)
    {
        var end = ToTime(expiresAt);
        var now = Now(endpoint);
        string text = TimeLeft(end, now);
        return end is null || end - now >= ShortTime
            ? text : ShellStyle.Decorate(text, end <= now ? "Error" : "Warning");
    }

    /// <summary>An instance in a table: its name, else its id; empty for neither.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="id">The id, or null.</param>
    public static string Instance(string? name, string? id) =>
        ScreenText.Printable(string.IsNullOrEmpty(name) ? id ?? "" : name!);

    /// <summary>A database engine with its version: <c>Redis 5.0</c>; one of them where the other is null.</summary>
    /// <param name="name">The name of the engine, or null.</param>
    /// <param name="version">The version, or null.</param>
    public static string Engine(string? name, string? version) => ScreenText.Printable($"{name} {version}".Trim());

    /// <summary>A time in this machine's zone, to the minute: <c>2026-01-15 11:00</c>; empty for null.</summary>
    /// <param name="time">The time, or null; also in the shapes that it takes in CliXml.</param>
    public static string Time(object? time) =>
        ToTime(time)?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A date: <c>2026-01-15</c>; empty for null.</summary>
    /// <param name="day">The date, or null.</param>
    public static string Day(DateTime? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A value as a screen may show it: text without the characters that a screen would obey.</summary>
    /// <param name="value">The value of a property, or null.</param>
    /// <returns>Numbers, times and choices as they are; anything else as text on one line.</returns>
    public static object? Text(object? value)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => null,
            string text => ScreenText.Printable(text),
            DateTimeOffset or TimeSpan or Guid => plain,
            Uri uri => Address(uri),
            IConvertible => plain,
            IEnumerable list => list.Cast<object?>().Select(Text).ToArray(),
            _ => ScreenText.Printable(value!.ToString() ?? ""),
        };
    }

    /// <summary>The last part of a path, also of one from another system.</summary>
    /// <param name="path">The path, or null.</param>
    public static string Leaf(string? path) =>
        path is null ? "" : ScreenText.Printable(path.Substring(path.LastIndexOfAny(Separators) + 1));

    /// <summary>A path without its last part, also of one from another system.</summary>
    /// <param name="path">The path, or null.</param>
    public static string Folder(string? path) =>
        path is null ? "" : ScreenText.Printable(path.Substring(0, Math.Max(0, path.LastIndexOfAny(Separators))));

    /// <summary>
    /// A text in the colour of an error, where a tested file is bad and the shell has colours; else as it is.
    /// </summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="state">
    /// The <see cref="Formats.BackupFileState"/> or <see cref="Catalog.FilePresence"/>; also in the shapes that it
    /// takes in CliXml.
    /// </param>
    public static string Verdict(object? text, object? state) => state?.ToString() is var word
        && (word is FilePresence.Present or FilePresence.Unknown || !BackupFileState.IsProblem(word))
        ? ScreenText.Printable(text?.ToString() ?? "")
        : ShellStyle.Decorate(ScreenText.Printable(text?.ToString() ?? ""), "Error");

    /// <summary>
    /// A text in the colour of an error or a warning, where an instance needs attention and the shell has colours; else
    /// as it is.
    /// </summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="state">
    /// The <see cref="Catalog.Status.InstanceState"/>; also in the shapes that it takes in CliXml.
    /// </param>
    public static string Severity(object? text, object? state)
    {
        string plain = ScreenText.Printable(text?.ToString() ?? "");
        return state?.ToString() switch
        {
            InstanceState.Suspicious or InstanceState.NotTested => ShellStyle.Decorate(plain, "Warning"),
            { } word when InstanceState.IsAlarm(word) => ShellStyle.Decorate(plain, "Error"),
            _ => plain,
        };
    }

    /// <summary>An age in its two largest units: <c>26 h 5 min</c>; empty for null.</summary>
    /// <param name="age">The age, or null.</param>
    public static string Age(TimeSpan? age) => age is { } known ? AgeText.Format(known) : "";

    /// <summary>The first of several texts, with the number of the others; empty for none.</summary>
    /// <param name="texts">The texts, or null; also in the shapes that they take in CliXml.</param>
    public static string First(object? texts)
    {
        string[] all = ToTexts(texts);
        return all.Length == 0 ? "" : all.Length == 1 ? all[0]
            : string.Format(CultureInfo.InvariantCulture, "{0} (and {1} more)", all[0], all.Length - 1);
    }

    /// <summary>Texts, each on a line of its own; empty for none.</summary>
    /// <inheritdoc cref="First"/>
    public static string Lines(object? texts) => string.Join("\n", ToTexts(texts));

    private static string[] ToTexts(object? texts) => (texts is PSObject wrapped ? wrapped.BaseObject : texts) switch
    {
        null => [],
        IEnumerable list and not string =>
            [.. list.Cast<object?>().Select(text => ScreenText.Printable(text?.ToString() ?? ""))],
        var single => [ScreenText.Printable(single.ToString() ?? "")],
    };

    /// <summary>An address without its signature; empty for null.</summary>
    /// <param name="uri">The address, or null.</param>
    public static string Address(Uri? uri) => uri is null ? "" : ScreenText.Printable(PresignedUri.Redact(uri));

    // A thread without a runspace has no session.
    private static DateTimeOffset Now(object? endpoint) =>
        Runspace.DefaultRunspace is null ? Clock.System.GetUtcNow()
        : Uri.TryCreate(endpoint?.ToString(), UriKind.Absolute, out var service)
        ? ModuleSession.Current.Transport.Clocks.GetUtcNow(service, null)
        : ModuleSession.Current.Transport.Clock.GetUtcNow();

    internal static string TimeLeft(DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if (expiresAt is not { } end)
            return "";
        var left = end - now;
        if (left <= TimeSpan.Zero)
            return "expired";
        // To the nearest of the unit that is shown, so that an hour's link has an hour when it comes.
        var unit = left < TimeSpan.FromMinutes(10)
            ? TimeSpan.FromSeconds(1) : left < TimeSpan.FromDays(2) ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);
        left = TimeSpan.FromTicks((left.Ticks + (unit.Ticks / 2)) / unit.Ticks * unit.Ticks);
        return left < TimeSpan.FromMinutes(1) ? $"{Math.Max(1, left.TotalSeconds):0} s"
            : left < TimeSpan.FromMinutes(10) ? $"{left.Minutes} min {left.Seconds} s"
            : left < TimeSpan.FromHours(1) ? $"{left.TotalMinutes:0} min"
            : left < TimeSpan.FromDays(2) ? $"{Math.Floor(left.TotalHours):0} h {left.Minutes} min"
            : $"{Math.Floor(left.TotalDays):0} d {left.Hours} h";
    }

    // A time without a zone is meant as the services mean theirs.
    private static DateTimeOffset ToTime(DateTime time) =>
        new(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time);

    // Export-Clixml knows no DateTimeOffset and writes its properties; jobs write its text.
    internal static DateTimeOffset? ToTime(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time,
        PSObject { BaseObject: DateTimeOffset time } => time,
        DateTime time => ToTime(time),
        PSObject { BaseObject: DateTime time } => ToTime(time),
        PSObject bag when bag.Properties["UtcDateTime"]?.Value is DateTime utc =>
            new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
        _ => TimeText.Parse(value.ToString() ?? ""),
    };
}
