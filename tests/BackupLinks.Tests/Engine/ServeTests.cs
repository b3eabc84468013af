using System;
using System.Linq;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>What the served sandbox says about itself.</summary>
public sealed class ServeTests : SandboxTest
{
    [Fact]
    public void What_it_prints_leads_every_command_to_it()
    {
        string line = ServeCommand.Describe(Server).Split('\n').Single(
            line => line.Contains("$PSDefaultParameterValues", StringComparison.Ordinal));

        foreach (var command in LinkCommand.All)
        {
            var result = Run($"$h.Remove('Endpoint'); $o.Remove('Endpoint'); {line}; {command.Call}");

            result.AssertSilent();
            Assert.All(result.Output, item => Assert.IsType(command.LinkType, item.BaseObject));
            Assert.NotEmpty(result.Output);
        }
    }
}
