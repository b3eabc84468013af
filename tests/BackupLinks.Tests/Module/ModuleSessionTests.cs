using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Providers;
using BackupLinks.Sessions;

namespace BackupLinks.Tests.Module;

/// <summary>The state of a session, and what an object that came the wrong way is told as.</summary>
public sealed class ModuleSessionTests
{
    [Fact]
    public void Each_runspace_has_a_session_of_its_own_until_it_ends()
    {
        using var first = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        using var second = RunspaceFactory.CreateRunspace(InitialSessionState.Create());

        var session = In(first, () => ModuleSession.Current);

        Assert.Same(session, In(first, () => ModuleSession.Current));
        Assert.NotSame(session, In(second, () => ModuleSession.Current));
        Assert.Same(session.Transport, session.Transport);
        In(first, () =>
        {
            ModuleSession.End();
            ModuleSession.End();
            return session;
        });
        Assert.NotSame(session, In(first, () => ModuleSession.Current));
    }

    [Fact]
    public void The_end_of_one_session_is_not_that_of_another()
    {
        using var first = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        using var second = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        var session = In(second, () => ModuleSession.Current);
        In(first, () => ModuleSession.Current);

        In(first, () =>
        {
            ModuleSession.End();
            return session;
        });

        Assert.Same(session, In(second, () => ModuleSession.Current));
    }

    [Fact]
    public void A_cause_is_first_once_in_a_session()
    {
        using var first = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        using var second = RunspaceFactory.CreateRunspace(InitialSessionState.Create());
        var session = In(first, () => ModuleSession.Current);

        Assert.Equal(
            (true, false, true, true),
            (session.IsFirst("a"), session.IsFirst("a"), session.IsFirst("A"),
                In(second, () => ModuleSession.Current).IsFirst("a")));
    }

    [Theory]
    [InlineData(typeof(DcsInstance), "", "this is a DcsInstance; use Get-DcsBackup for its backups, or Get-DcsLog")]
    [InlineData(typeof(DcsBackup), "Deserialized.", "this is a DcsBackup; use Get-DcsBackupLink for its links")]
    [InlineData(typeof(RdsBackup), "", "this is a RdsBackup; use Get-RdsBackupFile for its files")]
    [InlineData(typeof(RdsBackupFile), "Deserialized.", "use Save-BackupFile to save it")]
    public void An_object_of_this_module_is_known_by_its_type_also_behind_CliXml(
        Type type, string before, string text)
    {
        var item = new PSObject();
        item.TypeNames.Insert(0, before + type.FullName);

        Assert.Contains(text, NamedKind.Of(item)!.ToString());
    }

    [Theory]
    [InlineData("Deserialized.System.String")]
    [InlineData("BackupLinks.HuaweiCloud.Dcs.dcsinstance")]
    [InlineData("x.BackupLinks.HuaweiCloud.Dcs.DcsInstance")]
    public void An_object_of_another_type_is_not_known(string type)
    {
        var item = new PSObject();
        item.TypeNames.Insert(0, type);

        Assert.Null(NamedKind.Of(item));
    }

    [Fact]
    public void The_kind_of_an_object_has_its_service_and_a_file_has_none()
    {
        var log = new PSObject();
        log.TypeNames.Insert(0, typeof(DcsLog).FullName!);
        var saved = new PSObject();
        saved.TypeNames.Insert(0, typeof(BackupLinks.Transfer.SavedBackupFile).FullName!);

        Assert.Equal(("HuaweiCloud.Dcs", null), (NamedKind.Of(log)!.Service, NamedKind.Of(saved)!.Service));
    }

    private static T In<T>(Runspace runspace, Func<T> read)
    {
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = runspace;
        try
        {
            return read();
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }
}
