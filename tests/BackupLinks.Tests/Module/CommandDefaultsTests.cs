using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using BackupLinks.Cmdlets;

namespace BackupLinks.Tests.Module;

/// <summary>What the commands do when they are not told: the figures of the help and the README.</summary>
public sealed class CommandDefaultsTests
{
    private static readonly Type[] Commands =
        [.. typeof(NetworkCommand).Assembly.GetTypes().Where(
            type => type.GetCustomAttribute<CmdletAttribute>() is not null)];

    [Theory]
    [InlineData("MaximumRetryCount", 4)]
    [InlineData("RetryIntervalSec", 2)]
    [InlineData("TimeoutSec", 30)]
    [InlineData("StallTimeoutSec", 60)]
    [InlineData("Expiration", 3600)]
    public void A_parameter_has_one_default_wherever_it_is(string parameter, int value)
    {
        var found = Commands.Where(type => type.GetProperty(parameter) is not null).ToArray();

        Assert.NotEmpty(found);
        Assert.All(
            found, type => Assert.Equal(value, type.GetProperty(parameter)!.GetValue(Activator.CreateInstance(type))));
    }

    [Fact]
    public void Eight_items_are_on_their_way_at_once_and_two_files_are_tested_at_once()
    {
        Assert.All(
            Commands.Where(
                type => typeof(NetworkCommand).IsAssignableFrom(type) && type.GetProperty("ThrottleLimit") is not null),
            type => Assert.Equal(8, type.GetProperty("ThrottleLimit")!.GetValue(Activator.CreateInstance(type))));
        Assert.Equal(2, new TestBackupFileCommand().ThrottleLimit);
    }
}
