using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using BackupLinks.Files;
using BackupLinks.Shims;
using BackupLinks.Tests.Engine;

namespace BackupLinks.Tests.Core.Shims;

/// <summary>The permissions of Windows; those of the other systems are tested where the files are written.</summary>
public sealed class OwnerOnlyFileTests : IDisposable
{
    private const string OfWindows = "The other systems have modes.";
    private const string OfOlder = "The older framework sets no permissions.";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void On_Windows_a_report_and_the_list_of_instances_have_the_permissions_of_their_folder(bool forAll)
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        File.WriteAllText(_folder["other"], "");

        WholeFile.Write(Disk.Local, _folder["report"], [1], forAll);

        if (!OperatingSystem.IsWindows())
            return;
        Assert.False(Security("report").AreAccessRulesProtected);
        Assert.Equal(Rules(Security("other")), Rules(Security("report")));
    }

    [Fact]
    public void On_Windows_a_manifest_is_for_its_user_and_for_the_account_that_owns_it_on_a_share()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", OfOlder);
        if (!OperatingSystem.IsWindows())
            return;
        var user = new SecurityIdentifier("S-1-5-21-1-2-3-1001");
        // The other build of the module does not have it.
        var create = typeof(OwnerOnlyFile).GetMethod("CreateSecurity", BindingFlags.NonPublic | BindingFlags.Static)!;

        var security = (FileSecurity)create.Invoke(null, [user])!;

        Assert.True(security.AreAccessRulesProtected);
        Assert.Equal(["S-1-3-4 FullControl Allow", $"{user} FullControl Allow"], Rules(security));
    }

    [Fact]
    public void On_Windows_a_manifest_has_its_permissions_from_the_moment_that_it_is_there()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", OfOlder);
        OwnerOnlyFile.Create(_folder["manifest"]).Dispose();

        if (!OperatingSystem.IsWindows())
            return;
        using var user = WindowsIdentity.GetCurrent();
        Assert.True(Security("manifest").AreAccessRulesProtected, "The system did not take the permissions.");
        Assert.Contains($"{user.User} FullControl Allow", Rules(Security("manifest")));
        Assert.Contains("S-1-3-4 FullControl Allow", Rules(Security("manifest")));
    }

    [SupportedOSPlatform("windows")]
    private FileSecurity Security(string name) => new FileInfo(_folder[name]).GetAccessControl();

    [SupportedOSPlatform("windows")]
    private static string[] Rules(FileSecurity security) =>
        [.. security.GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
            .Select(rule => $"{rule.IdentityReference} {rule.FileSystemRights} {rule.AccessControlType}")
            .Order(StringComparer.Ordinal)];
}
