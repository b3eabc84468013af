using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace BackupLinks.Tests.Isolation;

/// <summary>
/// The environment of the tests and of every process that they start: the variables that a machine needs, a home that
/// is empty, and temporary files below one folder that goes away. The caller's keys, proxies, vaults and profiles stay
/// outside.
/// </summary>
internal static class TestEnvironment
{
    // Everything else stays outside, so that a variable that a provider adds later does, too.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "PATHEXT", "COMSPEC", "OS", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PROGRAMFILES", "PROGRAMFILES(X86)",
        "PROGRAMW6432",
        "PROGRAMDATA", "COMMONPROGRAMFILES", "COMMONPROGRAMFILES(X86)", "NUMBER_OF_PROCESSORS", "LANG", "LANGUAGE",
        "TZ",
        "TZDIR", "TERM",
        "NO_COLOR", "CI", "LD_LIBRARY_PATH", "BACKUPLINKS_CORPUS", "BACKUPLINKS_AXE", "BACKUPLINKS_PICTURES",
    };

    private static readonly string[] KeptPrefixes = ["DOTNET_", "COMPLUS_", "CORECLR_", "LC_", "MSBUILD", "PROCESSOR_",
    "TESTINGPLATFORM_", "VSTEST_", "XUNIT_"];

    private static RunFolder? _folder;

    /// <summary>The folder that holds every temporary file of this run.</summary>
    public static string Folder => (_folder ?? throw new InvalidOperationException("The tests have not begun.")).Path;

    /// <summary>The variables, as every process of the tests gets them.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; private set; } =
        new Dictionary<string, string>();

    /// <summary>The variables that a clean process has.</summary>
    /// <param name="given">Those of the caller.</param>
    /// <param name="folder">The folder that holds its home and its temporary files.</param>
    public static Dictionary<string, string> Clean(IEnumerable<KeyValuePair<string, string>> given, string folder)
    {
        var clean = given
            .Where(item =>
                Kept.Contains(item.Key)
                    || KeptPrefixes.Any(prefix => item.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(item => item.Key, item => item.Value);
        string home = Path.Combine(folder, "home");
        foreach (string name in new[] { "TMPDIR", "TMP", "TEMP" })
            clean[name] = folder;
        foreach (string name in new[] { "HOME", "USERPROFILE" })
            clean[name] = home;
        clean["APPDATA"] = Path.Combine(home, "AppData", "Roaming");
        clean["LOCALAPPDATA"] = Path.Combine(home, "AppData", "Local");
        clean["XDG_CONFIG_HOME"] = Path.Combine(home, ".config");
        clean["XDG_CACHE_HOME"] = Path.Combine(home, ".cache");
        clean["XDG_DATA_HOME"] = Path.Combine(home, ".local", "share");
        clean["XDG_STATE_HOME"] = Path.Combine(home, ".local", "state");
        clean["PSModulePath"] = Path.Combine(AppContext.BaseDirectory, "no-modules");
        clean["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        clean["POWERSHELL_UPDATECHECK"] = "Off";
        clean["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        clean["DOTNET_NOLOGO"] = "1";
        return clean;
    }

    /// <summary>Removes the temporary files of the run, when its last test is over.</summary>
    internal static void Leave() => _folder?.Clear();

    // Before anything of the engine, the module or the HTTP stack has read a variable.
    [ModuleInitializer]
    internal static void Enter()
    {
        _folder = RunFolder.Create(Path.GetTempPath());
        var given = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(item => new KeyValuePair<string, string>((string)item.Key, (string?)item.Value ?? "")).ToArray();
        var clean = Clean(given, _folder.Path);
        Directory.CreateDirectory(clean["HOME"]);
        foreach (var (name, _) in given.Where(item => !clean.ContainsKey(item.Key)))
            Environment.SetEnvironmentVariable(name, null);
        foreach (var (name, value) in clean)
            Environment.SetEnvironmentVariable(name, value);
        Variables = clean;
    }
}
