using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Links that expire before the file is there.</summary>
public sealed class SaveRenewalTests : SaveTest
{
    private const string BackupId = "renewed";

    private SandboxObject Backup(long length, int version = 1)
    {
        var item = new SandboxObject("bucket", "backups/dump.rdb", length, version);
        Server.Cloud.AddDcsBackup(DcsInstanceId, BackupId, "backups/", [item]);
        return item;
    }

    private int LinkRequests =>
        Server.Requests.Count(
            request =>
                request.Status == 200 && request.Target.Contains($"/{BackupId}/links", StringComparison.Ordinal));

    [Fact]
    public void A_link_that_expired_in_the_queue_is_renewed_before_it_is_used()
    {
        var item = Backup(1000);
        var link = Links();
        Server.Clock.Offset = TimeSpan.FromHours(2);
        // Any response tells the time there.
        Run("Get-DcsInstance @h");

        var saved = SaveOne(link);

        AssertSaved(item, saved);
        Assert.Equal((1, 2), (saved.LinkRenewals, LinkRequests));
        Assert.Single(StoreRequests);
    }

    [Fact]
    public void A_link_that_the_store_finds_expired_is_renewed_when_it_is_refused()
    {
        var item = Backup(1000);
        var link = Links();
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var saved = SaveOne(link);

        AssertSaved(item, saved);
        Assert.Equal((1, 2, 2), (saved.LinkRenewals, LinkRequests, StoreRequests.Count));
    }

    [Fact]
    public void A_link_that_expires_on_the_way_is_renewed_once_for_all_segments()
    {
        var item = Backup((8 * Segment) + 77);
        var link = Links();
        // The connections break, and when they are taken up again, the store's clock is past the link's end.
        Fault(new ObjectFault { BytesPerSecond = 20_000_000, CutAfter = 3_000_000 }, count: 4);
        JumpAfter(2_000_000, () => Server.Clock.Offset = TimeSpan.FromHours(2));

        var saved = SaveOne(link, "-SegmentCount 4");

        AssertSaved(item, saved);
        Assert.Equal((1, 2), (saved.LinkRenewals, LinkRequests));
        Assert.InRange(Server.ObjectBytesSent, item.Length, item.Length + (4 * 3_000_000));
    }

    [Fact]
    public void The_files_of_one_backup_share_the_renewal()
    {
        SandboxObject[] items = [.. Enumerable.Range(0, 12).Select(
            i => new SandboxObject("bucket", $"backups/shard{i}.rdb", 1000 + i))];
        Server.Cloud.AddDcsBackup(DcsInstanceId, BackupId, "backups/", items);
        var links = Links();
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var result = Save(links);

        Assert.Empty(result.Errors);
        Assert.Equal(12, result.Output.Count);
        Assert.Equal(2, LinkRequests);
    }

    [Fact]
    public void The_end_of_one_file_is_not_the_end_of_another_that_waits_for_the_same_renewal()
    {
        SandboxObject[] items = [new("bucket", "backups/a.rdb", 2 * Segment), new("bucket", "backups/b.rdb", 1000)];
        Server.Cloud.AddDcsBackup(DcsInstanceId, BackupId, "backups/", items);
        var links = Links();
        // The first connection of a requests another link and waits; the second one finds that the object is gone.
        Server.Faults.Add(new SandboxFault { Path = "/links", Delay = TimeSpan.FromSeconds(2) });
        Server.Faults.Add(
            new SandboxFault { Path = "a.rdb", After = 1, Count = 1, Status = 403, ContentType = "application/xml",
            Body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>" });
        Server.Faults.Add(
            new SandboxFault { Path = "a.rdb", After = 1, Count = 1, Status = 404, Delay = TimeSpan.FromSeconds(1) });
        Server.Faults.Add(
            new SandboxFault { Path = "b.rdb", Count = 1, Status = 403, ContentType = "application/xml",
            Body = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>" });

        var result = Save(links, "-SegmentCount 3");

        // Each link is a file or an error, whichever connection requested it first.
        Assert.Equal(2, result.Output.Count + result.Errors.Count);
        Assert.Contains(
            result.Output,
            file => ((Transfer.SavedBackupFile)file.BaseObject).Path.EndsWith("b.rdb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v1.0", 600)]
    [InlineData("v2", 900)]
    public void A_renewal_requests_the_version_and_the_lifetime_of_the_first_link(string version, int seconds)
    {
        var item = Backup(1000);
        var link = Run(
            $"Get-DcsBackupLink @h {DcsInstanceId} {BackupId} -ApiVersion {version} -Expiration {seconds}")
            .Output.Single();
        Server.Clock.Offset = TimeSpan.FromHours(2);

        AssertSaved(item, SaveOne(link));

        var renewal = Server.Requests.Last(
            request => request.Target.Contains($"/{BackupId}/links", StringComparison.Ordinal));
        Assert.StartsWith($"/{version}/", renewal.Target);
        Assert.Contains($"{seconds}", renewal.Body);
    }

    [Fact]
    public void Of_two_files_of_one_name_each_is_renewed_as_itself()
    {
        SandboxObject[] items = [new("bucket", "backups/a/dump.rdb", 1000), new("bucket", "backups/b/dump.rdb", 2000)];
        Server.Cloud.AddDcsBackup(DcsInstanceId, BackupId, "backups/", items);
        var links = Links();
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var result = Save(links);

        Assert.Empty(result.Errors);
        Assert.Equal(
            items.Select(item => item.Sha256).Order(StringComparer.Ordinal),
            result.Output.Select(file => ((Transfer.SavedBackupFile)file.BaseObject).Sha256).Order(
                StringComparer.Ordinal));
    }

    [Fact]
    public void A_renewed_link_that_leads_to_another_object_is_an_error()
    {
        Backup(4 * Segment);
        var link = Links();
        Fault(new ObjectFault { BytesPerSecond = 20_000_000, CutAfter = 3_000_000 }, count: 2);
        JumpAfter(2_000_000, () =>
        {
            Backup(4 * Segment, version: 2);
            Server.Clock.Offset = TimeSpan.FromHours(2);
        });

        Save(link, "-SegmentCount 2").SingleError("ObjectChanged");

        Assert.False(File.Exists(Path.Combine(Folder, "dump.rdb")));
    }

    [Fact]
    public void A_refusal_straight_after_a_renewal_is_real()
    {
        Backup(1000);
        var link = Links();
        // Enough of them for a link that is renewed again and again, and an end to that.
        Server.Faults.Add(
            new SandboxFault { Path = "/obs/", Count = 50, Status = 403, ContentType = "application/xml",
            Body = "<Error><Code>AccessDenied</Code><Message>No</Message></Error>" });

        // A link that is renewed for ever is stopped by the provider, which has no third one.
        Server.Faults.Add(
            new SandboxFault { Path = "/links", After = 1, Status = 404, Body = "{\"error_code\":\"DCS.3022\"}" });

        var error = Save(link).SingleError("AccessDenied");

        Assert.Contains("the new link, too", error.Exception.Message);
        // With a range and without one, with either link.
        Assert.Equal([true, false, true, false], StoreRequests.Select(request => request.Headers.ContainsKey("Range")));
        Assert.Equal(2, LinkRequests);
    }

    [Fact]
    public void A_provider_that_gives_no_new_link_is_an_error_that_says_why()
    {
        Backup(1000);
        var link = Links();
        Server.Clock.Offset = TimeSpan.FromHours(2);
        Server.Faults.Add(
            new SandboxFault { Path = "/links", Status = 404,
            Body = "{\"error_code\":\"DCS.3022\",\"error_msg\":\"This instance does not exist.\"}" });

        var error = Save(link).SingleError("LinkRenewalFailed");

        Assert.Contains("DCS.3022", error.Exception.Message);
    }

    [Fact]
    public void A_link_that_says_not_where_it_is_from_expires()
    {
        var item = Put("dump.rdb", 1000);
        var row = Row(item, lifetime: TimeSpan.FromMinutes(1));
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var error = Save(row).SingleError("LinkExpired");

        Assert.Contains("get a new link", error.Exception.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public void A_link_out_of_CliXml_is_renewed_with_the_secret_of_its_name()
    {
        var item = Backup(1000);
        Module.AddVault("Vault", new Hashtable { ["Ops"] = Secret() });
        var link = ThroughCliXml(
            Module.Run($"Get-DcsBackupLink {DcsInstanceId} {BackupId} -SecretName Ops").Output.Single());
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var saved = SaveOne(link);

        AssertSaved(item, saved);
        Assert.Equal((1, DcsInstanceId, BackupId), (saved.LinkRenewals, saved.InstanceId, saved.BackupId));
    }

    [Fact]
    public void A_link_out_of_CliXml_without_a_credential_here_is_an_error_that_says_so()
    {
        Backup(1000);
        var link = ThroughCliXml(Links().Single());
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var error = Save(link).SingleError("LinkRenewalFailed");

        Assert.Contains("No credential for Huawei Cloud", error.Exception.Message);
    }

    [Fact]
    public void A_file_cannot_say_where_credentials_go()
    {
        Backup(1000);
        Module.AddVault("Vault", new Hashtable { ["HuaweiCloud"] = Secret() });
        var link = ThroughCliXml(Links().Single());
        link.Properties["Endpoint"].Value = "https://dcs.example.org/";
        link.Properties["IamEndpoint"].Value = "https://iam.example.org/";
        Server.Clock.Offset = TimeSpan.FromHours(2);

        // The endpoint of the secret is used, not the file's.
        Assert.Equal(1, SaveOne(link).LinkRenewals);
    }

    [Fact]
    public void A_renewal_is_not_asked_for_while_the_link_is_good()
    {
        Backup(Segment * 2);

        Assert.Equal(0, SaveOne(Links(), "-SegmentCount 2").LinkRenewals);
        Assert.Equal(1, LinkRequests);
    }

    private Hashtable Secret() => new()
    {
        ["Endpoint"] = Endpoint,
        ["AccessKey"] = OperatorKey.AccessKey,
        ["SecretKey"] = OperatorKey.SecretKey,
        ["Region"] = Region,
    };

    private void JumpAfter(long bytes, Action jump)
    {
        int jumps = 0;
        Server.ObjectBytesCounted += total =>
        {
            if (total > bytes && Interlocked.Increment(ref jumps) == 1)
                jump();
        };
    }

    private PSObject[] Links()
    {
        var result = Run($"Get-DcsBackupLink @h {DcsInstanceId} {BackupId}");
        Assert.Empty(result.Errors);
        return [.. result.Output];
    }

    private static PSObject ThroughCliXml(object link) =>
        (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(link));
}
