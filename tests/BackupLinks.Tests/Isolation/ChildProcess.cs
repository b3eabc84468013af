using System;
using System.Diagnostics;
using System.IO;

namespace BackupLinks.Tests.Isolation;

/// <summary>
/// Starts every process of the tests: in their environment, by which those that outlive them are found.
/// </summary>
internal static class ChildProcess
{
    /// <summary>The program that runs .NET assemblies.</summary>
    public static string Dotnet { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>What starts an assembly beside the tests.</summary>
    /// <param name="name">Its name, without an extension.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo OfAssembly(string name, params string[] arguments)
    {
        string path = Path.Combine(AppContext.BaseDirectory, name);
        // Where the runtime is beside it, there may be no other.
        return File.Exists(path + ".exe")
            ? new(path + ".exe", arguments) : new(Dotnet, [path + ".dll", .. arguments]);
    }

    /// <summary>Starts an assembly beside the tests, whose output the caller reads.</summary>
    /// <inheritdoc cref="OfAssembly"/>
    public static Process StartAssembly(string name, params string[] arguments)
    {
        var start = OfAssembly(name, arguments);
        start.RedirectStandardOutput = true;
        return Start(start);
    }

    /// <summary>Starts a process whose output the caller reads.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="redirectError">True when the caller reads its errors, too.</param>
    /// <param name="redirectInput">True when the caller writes its input.</param>
    public static Process Start(
        string program, string[] arguments, bool redirectError = false, bool redirectInput = false) =>
        Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = redirectError,
            RedirectStandardInput = redirectInput,
        });

    /// <summary>Starts a process as described, in the environment of the tests.</summary>
    /// <param name="start">Its variables beside those of the tests are set by <paramref name="configure"/>.</param>
    /// <param name="configure">Changes the variables; null leaves them.</param>
    public static Process Start(
        ProcessStartInfo start, Action<System.Collections.Generic.IDictionary<string, string?>>? configure = null)
    {
        start.Environment.Clear();
        foreach (var (name, value) in TestEnvironment.Variables)
            start.Environment[name] = value;
        configure?.Invoke(start.Environment);
        return Process.Start(start)!;
    }
}
