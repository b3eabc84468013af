using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Engine;

namespace BackupLinks.Tests.Isolation;

/// <summary>The tests see nothing of the person who runs them, and leave nothing behind.</summary>
public sealed class IsolationTests
{
    private static readonly string[] HostileNames =
    [
        "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_REGION_RDS_CN_NORTH_4", "CDS_ACCESS_KEY_ID",
        "CDS_ACCESS_KEY_SECRET",
        "ALIBABA_CLOUD_ACCESS_KEY_ID", "TENCENTCLOUD_SECRET_ID", "AWS_ACCESS_KEY_ID", "HTTP_PROXY", "http_proxy",
        "https_proxy", "ALL_PROXY",
        "no_proxy", "BASH_ENV", "CURL_HOME", "XDG_RUNTIME_DIR", "SSL_CERT_FILE",
    ];

    [Fact]
    public void Keys_proxies_and_homes_of_the_caller_stay_outside()
    {
        var given = HostileNames.Append("HOME").Append("XDG_CONFIG_HOME").Append("AppData").Append("PSModulePath")
            .Append("TMPDIR")
            .ToDictionary(name => name, _ => "hostile");
        given["PATH"] = "/bin";
        given["DOTNET_ROOT"] = "/dotnet";

        var clean = TestEnvironment.Clean(given, "/run");

        Assert.DoesNotContain(
            "hostile",
            clean.Where(item => !item.Key.Equals("AppData", StringComparison.Ordinal)).Select(item => item.Value));
        Assert.DoesNotContain(HostileNames, clean.ContainsKey);
        Assert.Equal(("/bin", "/dotnet", "/run"), (clean["PATH"], clean["DOTNET_ROOT"], clean["TMPDIR"]));
        Assert.Equal(Path.Combine("/run", "home"), clean["HOME"]);
    }

    [Fact]
    public void This_process_and_its_engine_find_no_credential_and_no_home()
    {
        Assert.DoesNotContain(HostileNames, name => Environment.GetEnvironmentVariable(name) is not null);
        Assert.Equal(TestEnvironment.Folder, Path.TrimEndingDirectorySeparator(Path.GetTempPath()));
        if (!OperatingSystem.IsWindows())
            Assert.StartsWith(TestEnvironment.Folder, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        using var module = new ModuleHost();

        module.Run("Get-RdsBackupFile x -Region cn-north-4").SingleError("CredentialNotFound");
    }

    [Fact]
    public async Task Tests_of_a_caller_with_keys_a_proxy_and_a_vault_read_none_of_them()
    {
        SkipUnlessFirstBuildOnUnix();
        string home = Directory.CreateTempSubdirectory("hostile-home-").FullName;
        string mark = Path.Combine(home, "read");
        string module = Path.Combine(
            home, ".local", "share", "powershell", "Modules", "Microsoft.PowerShell.SecretManagement");
        Directory.CreateDirectory(module);
        File.WriteAllText(Path.Combine(module, "Microsoft.PowerShell.SecretManagement.psm1"), $$"""
            [System.IO.File]::WriteAllText('{{mark}}', 'the vault')
            function Get-Secret { param($Name, $Vault) @{ AccessKey = 'HOSTILE'; SecretKey = 'HOSTILE' } }
            """);

        using var run = StartTests(nameof(This_process_and_its_engine_find_no_credential_and_no_home), variables =>
        {
            foreach (string name in HostileNames)
                variables[name] = "http://127.0.0.1:9";
            foreach (string name in new[] { "HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME" })
                variables[name] = home;
            variables["PSModulePath"] = Path.GetDirectoryName(module);
        });
        string output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, output);
        Assert.False(File.Exists(mark));
        Assert.Equal([".local"], Directory.GetFileSystemEntries(home).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_run_that_is_killed_leaves_no_process_and_no_folder()
    {
        SkipUnlessFirstBuildOnUnix();
        Assert.SkipUnless(Directory.Exists("/proc/self"), "The shell that ends processes finds them in /proc.");
        string parent = Directory.CreateTempSubdirectory("killed-").FullName;
        using var run = StartTests(
            nameof(Waits_with_a_process_to_be_killed), variables => variables["TMPDIR"] = parent, "-explicit", "only");
        int child = 0;
        Assert.True(
            SpinWait.SpinUntil(
                () => Directory.GetFiles(parent, "child", SearchOption.AllDirectories) is [var file]
                    && int.TryParse(File.ReadAllText(file), out child), TestTimeout.Hang),
            "The run did not begin.");

        run.Kill();
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(
            SpinWait.SpinUntil(
                () => Directory.GetDirectories(parent, RunFolder.Prefix + "*").Length == 0, TestTimeout.Hang),
                "The folder stays.");
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(child), TestTimeout.Hang), "The process stays.");
    }

    /// <summary>For the test above.</summary>
    [Fact(Explicit = true)]
    public void Waits_with_a_process_to_be_killed()
    {
        using var child = ChildProcess.Start("sleep", ["3600"]);
        string file = Path.Combine(TestEnvironment.Folder, "new");
        File.WriteAllText(file, $"{child.Id}");
        File.Move(file, Path.Combine(TestEnvironment.Folder, "child"));
        child.WaitForExit();
    }

    [Fact]
    public void Folders_of_runs_that_are_over_are_swept_and_others_stay()
    {
        string parent = Directory.CreateTempSubdirectory("sweep-").FullName;
        string Make(string name)
        {
            string folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
            File.WriteAllText(Path.Combine(folder, "file"), "");
            return folder;
        }

        string over = Make(RunFolder.Prefix + "over"), beginning = Make(RunFolder.Prefix + "beginning"), running = Make(
            RunFolder.Prefix + "running"), foreign = Make("foreign");
        string old = Make(RunFolder.Prefix + "old");
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-1));
        File.WriteAllText(Path.Combine(over, ".lock"), "");
        using var held = new FileStream(
            Path.Combine(running, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        RunFolder.Sweep(parent);

        Assert.Equal(
            new[] { beginning, foreign, running }.Order(StringComparer.Ordinal),
            Directory.GetDirectories(parent).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_end_of_a_run_leaves_the_lock_alone_in_its_folder()
    {
        string parent = Directory.CreateTempSubdirectory("clear-").FullName;
        string outside = Path.Combine(parent, "outside");
        using var run = RunFolder.Create(parent);
        File.WriteAllText(outside, "");
        Directory.CreateDirectory(Path.Combine(run.Path, "folder", "folder"));
        File.WriteAllText(Path.Combine(run.Path, "folder", "folder", "file"), "");
        File.WriteAllText(Path.Combine(run.Path, "file"), "");
        if (!OperatingSystem.IsWindows())
            Directory.CreateSymbolicLink(Path.Combine(run.Path, "link"), parent);

        run.Clear();

        Assert.Equal([Path.Combine(run.Path, ".lock")], Directory.GetFileSystemEntries(run.Path));
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void Every_process_of_the_tests_starts_in_their_environment()
    {
        string[] others =
        [
            .. Directory.GetFiles(Path.Combine(Checkout.Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    !file.Contains(
                        $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    && !file.Contains(
                        $"{Path.DirectorySeparatorChar}Isolation{Path.DirectorySeparatorChar}",
                        StringComparison.Ordinal)
                    && (File.ReadAllText(file) is var text)
                    && (text.Contains(" Process.Start(", StringComparison.Ordinal)
                    || text.Contains("new Process(", StringComparison.Ordinal)))
                .Select(file => Path.GetFileName(file)),
        ];

        Assert.Empty(others);
    }

    private static void SkipUnlessFirstBuildOnUnix()
    {
        Assert.SkipUnless(
            ModuleHost.ModuleFramework == "net8.0", "The tests of the other build begin in the same way.");
        Assert.SkipWhen(
            OperatingSystem.IsWindows(), "Windows gives a process its home by the user, not by a variable.");
    }

    private static Process StartTests(
        string method, Action<IDictionary<string, string?>> configure, params string[] arguments)
    {
        var start = ChildProcess.OfAssembly(
            typeof(IsolationTests).Assembly.GetName().Name!,
            ["-method", $"{typeof(IsolationTests).FullName}.{method}", .. arguments]);
        start.RedirectStandardOutput = true;
        return ChildProcess.Start(start, configure);
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
