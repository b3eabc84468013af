using System.IO;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Peers;

/// <summary>The units in samples/ as systemd reads them.</summary>
public sealed class SystemdTests
{
    private static readonly string Units = Path.Combine(Checkout.Root, "samples", "systemd");

    [Fact]
    public void Units_are_accepted()
    {
        var (_, output) = Peer.Run(Peer.Require("systemd-analyze"), ["verify", .. Directory.GetFiles(Units)]);

        // What a unit starts need not be on this machine.
        Assert.DoesNotContain(output.Split('\n'), line => line.Length > 0 && !line.Contains("is not executable"));
    }

    [Fact]
    public void Service_has_little_that_it_could_do_harm_with()
    {
        string analyze = Peer.Require("systemd-analyze");
        Assert.SkipWhen(
            Peer.Run(analyze, "security", "--help").Output.Contains("--offline") is false,
            "This systemd needs a unit that is loaded.");

        var (exitCode, output) = Peer.Run(
            analyze, "security", "--offline=true", "--no-pager", "--threshold=20",
            Path.Combine(Units, "backuplinks-nightly.service"));

        Assert.True(exitCode == 0, output);
    }
}
