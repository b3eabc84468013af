using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
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
    public void Retries_end_within_the_interval_that_counts_them_and_the_next_night_is_not_counted()
    {
        string service = File.ReadAllText(Path.Combine(Units, "backuplinks-nightly.service"));
        double interval = Hours(Key("StartLimitIntervalSec"));
        double pause = Hours(Key("RestartSec"));
        int starts = int.Parse(Key("StartLimitBurst"), CultureInfo.InvariantCulture);

        // One long run, and others that have little to do.
        double longest = Hours(Key("RuntimeMaxSec"));
        Assert.InRange(longest + (starts * (pause + 1)), 0, interval);
        Assert.InRange(interval, 0, 23);

        string Key(string name) => Regex.Match(service, $"^{name}=(.*)$", RegexOptions.Multiline).Groups[1].Value;

        static double Hours(string text) => text.EndsWith("min", StringComparison.Ordinal)
            ? double.Parse(text[..^3], CultureInfo.InvariantCulture) / 60
            : double.Parse(text.TrimEnd('h'), CultureInfo.InvariantCulture);
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
