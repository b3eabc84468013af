using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using BackupLinks.Errors;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>Keeps the topics about the module, and the code, from drifting apart.</summary>
public sealed class AboutTests : IDisposable
{
    private readonly ModuleHost _module = new();

    public void Dispose() => _module.Dispose();

    [Theory]
    [InlineData("about_BackupLinks")]
    [InlineData("about_BackupLinks_Runbooks")]
    public void Topic_is_found_and_fits_a_screen_of_80_columns(string topic)
    {
        string text = Read(topic);

        Assert.Contains("SHORT DESCRIPTION", text);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 79));
    }

    [Fact]
    public void Table_of_errors_has_every_error_id_once()
    {
        string text = Read("about_BackupLinks").ReplaceLineEndings("\n");
        string section =
            text[text.IndexOf("\nERRORS\n", StringComparison.Ordinal)..text.IndexOf(
                "\nSECURITY\n", StringComparison.Ordinal)];

        var ids = Regex.Matches(section, @"^ {4}(\w+) {2,}\S", RegexOptions.Multiline).Select(
            match => match.Groups[1].Value);

        Assert.Equal(Enum.GetNames<ErrorKind>().Append("UnexpectedError"), ids);
    }

    [Fact]
    public void Readme_has_every_error_id()
    {
        string text = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));

        Assert.All(Enum.GetNames<ErrorKind>(), id => Assert.Contains($"`{id}`", text));
    }

    [Fact]
    public void Topics_name_only_cmdlets_and_parameters_that_are_there()
    {
        string text = Read("about_BackupLinks") + Read("about_BackupLinks_Runbooks");
        var commands =
            _module.Run("Get-Command -Module BackupLinks | ForEach-Object { $null = $_.Parameters.Count; $_ }").Output
            .Select(item => (CommandInfo)item.BaseObject).ToArray();

        // Get-Rds, Save-Backup: what could be meant for a cmdlet of the module.
        string stems = string.Join(
            "|", commands.Select(command => Regex.Match(command.Name, "^[A-Z][a-z]+-[A-Z][a-z]+").Value).Distinct());
        var named = Regex.Matches(text, $@"\b(?:{stems}|Export-Backup|Import-Backup)\w*").Select(match => match.Value)
            .Distinct();

        Assert.Subset(commands.Select(command => command.Name).ToHashSet(), named.ToHashSet());
        string about = Read("about_BackupLinks");
        Assert.All(
            commands.OfType<CmdletInfo>(),
            command => Assert.Contains($"\n    {command.Name}\n", about.ReplaceLineEndings("\n") + "\n"));
        string[] parameters = ["ThrottleLimit", "MaximumRetryCount", "TimeoutSec", "StallTimeoutSec", "BandwidthLimit",
        "Force", "Since", "Latest", "Endpoint"];
        Assert.All(
            parameters,
            name => Assert.True(
                text.Contains("-" + name) && commands.Any(command => command.Parameters.ContainsKey(name)), name));
    }

    private string Read(string topic)
    {
        var result = _module.Run("Get-Help $args[0]", topic);
        Assert.Empty(result.Errors);
        return Assert.Single(result.Output).ToString();
    }
}
