using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Peers;

/// <summary>Core for Windows PowerShell on .NET Framework: the program of BackupLinks.Tests.Mono under Mono.</summary>
public sealed class MonoTests
{
    [Fact]
    public async Task Build_for_Windows_PowerShell_lists_and_saves_under_Mono()
    {
        string mono = Peer.Require("mono");
        string[] libraries = ["System.Net.Http.dll", "System.Xml.Linq.dll"];
        Assert.SkipUnless(
            libraries.All(name => File.Exists(Path.Combine("/usr/lib/mono/4.5", name))),
            "libmono-system-net-http4.0-cil and libmono-system-xml-linq4.0-cil are not installed.");
        Assert.SkipUnless(
            File.Exists(Path.Combine(Path.GetDirectoryName(FindProgram())!, "netstandard.dll")),
            "This SDK has no Microsoft.NET.Build.Extensions.");
        await using var server = await SandboxServer.StartAsync();
        var start = new ProcessStartInfo(mono, [FindProgram()]) { RedirectStandardOutput = true };

        using var process = ChildProcess.Start(start, variables =>
        {
            variables["BACKUPLINKS_ENDPOINT"] = server.Address.GetLeftPart(UriPartial.Authority);
            variables["BACKUPLINKS_REGION"] = HuaweiSamples.Region;
            variables["BACKUPLINKS_PROJECT"] = HuaweiSamples.ProjectId;
            variables["BACKUPLINKS_ACCESS_KEY"] = HuaweiSamples.OperatorKey.AccessKey;
            variables["BACKUPLINKS_SECRET_KEY"] = HuaweiSamples.OperatorKey.SecretKey;
        });
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TestTimeout.Hang);

        Assert.True(process.WaitForExit(TestTimeout.Hang) && process.ExitCode == 0, output);
        Assert.Matches("Mono: [1-9][0-9]{2,} passed, 0 failed\n$", output);
    }

    // Beside the folder of this project, in the same configuration.
    private static string FindProgram()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(
            folder.Parent!.Parent!.Parent!.Parent!.FullName, "BackupLinks.Tests.Mono", "bin", folder.Parent.Name,
            "netstandard2.0", "BackupLinks.Tests.Mono.dll");
    }
}
