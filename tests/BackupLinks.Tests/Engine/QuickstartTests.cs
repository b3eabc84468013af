using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>The first command of the README.</summary>
public sealed class QuickstartTests
{
    [Fact]
    public async Task It_saves_every_link_and_finds_every_file_right()
    {
        Assert.SkipUnless(
            ModuleHost.ModuleFramework == "net8.0", "It imports the checkout, and has one folder to save to.");
        using var process = ChildProcess.StartAssembly("BackupLinks.Sandbox");

        string screen = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, screen);
        Assert.Contains("files are right by SHA-256", screen);
    }
}
