using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Peers;

/// <summary>Programs of other people that may be on this machine.</summary>
internal static class Peer
{
    /// <summary>The full path of a program; skips the test where it is absent.</summary>
    public static string Require(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are those of Unix.");
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{name} is not installed.");
        return path!;
    }

    /// <summary>A port that is free on 127.0.0.1 at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program that listens, and waits until it does.</summary>
    public static Process StartServer(string program, int port, params string[] arguments)
    {
        var process = Start(program, arguments);
        Assert.True(
            SpinWait.SpinUntil(() => process.HasExited || IsServed(port), TestTimeout.Hang) && !process.HasExited,
            $"{program} does not listen: " + (process.HasExited
                ? process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd() : "no sign of life"));
        return process;
    }

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static Process Start(string program, string[] arguments) =>
        ChildProcess.Start(program, arguments, redirectError: true);

    private static bool IsServed(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            Thread.Sleep(20);
            return false;
        }
    }
}
