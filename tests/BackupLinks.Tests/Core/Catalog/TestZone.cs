using System;
using System.Collections.Generic;

namespace BackupLinks.Tests.Core.Catalog;

/// <summary>Time zones by their IANA names. Windows finds those only with ICU, and its own ids always.</summary>
internal static class TestZone
{
    private static readonly Dictionary<string, string> WindowsIds = new()
    {
        ["UTC"] = "UTC",
        ["Europe/Berlin"] = "W. Europe Standard Time",
        ["America/New_York"] = "Eastern Standard Time",
        ["America/St_Johns"] = "Newfoundland Standard Time",
        ["Australia/Lord_Howe"] = "Lord Howe Standard Time",
        ["Asia/Kathmandu"] = "Nepal Standard Time",
        ["Pacific/Apia"] = "Samoa Standard Time",
        ["Atlantic/Azores"] = "Azores Standard Time",
    };

    /// <summary>The id by which this system finds a zone.</summary>
    public static string IdOf(string name) => OperatingSystem.IsWindows() ? WindowsIds[name] : name;

    /// <summary>The zone.</summary>
    public static TimeZoneInfo Find(string name) => TimeZoneInfo.FindSystemTimeZoneById(IdOf(name));
}
