using System;
using System.IO;
using System.Linq;
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
        Assert.Equal(Rules("other"), Rules("report"));
    }

    [Fact]
    public void On_Windows_a_manifest_is_for_its_user_and_for_the_account_that_owns_it_on_a_share()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), OfWindows);
        Assert.SkipUnless(ModuleHost.ModuleFramework == "net8.0", "The older framework sets no permissions.");
        OwnerOnlyFile.Create(_folder["manifest"]).Dispose();

        if (!OperatingSystem.IsWindows())
            return;
        using var user = WindowsIdentity.GetCurrent();
        Assert.True(Security("manifest").AreAccessRulesProtected);
        Assert.Equal(
            new[] { $"{user.User} FullControl", "S-1-3-4 FullControl" }.Order(StringComparer.Ordinal),
            Rules("manifest"));
    }

    [SupportedOSPlatform("windows")]
    private FileSecurity Security(string name) => new FileInfo(_folder[name]).GetAccessControl();

    [SupportedOSPlatform("windows")]
    private string[] Rules(string name) =>
        [.. Security(name).GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
            .Select(rule => $"{rule.IdentityReference} {rule.FileSystemRights}").Order(StringComparer.Ordinal)];
}
