using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.AlibabaCloud.MongoDb;
using BackupLinks.Links;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>Links to OSS with signatures of version 1 and 4: saved, resumed and renewed.</summary>
public sealed class AlibabaLinkTests : AlibabaSandboxTest
{
    private const string InstanceId = "dds-bp1a7009eb241234";
    private const string BackupId = "32999999";
    private const int Length = 20_000_000;
    private const string Link = $"Get-BackupLink AlibabaCloud.MongoDb -InstanceId {InstanceId} -BackupId {BackupId}";

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Download_that_breaks_is_resumed_with_a_new_link_to_the_same_object(int version)
    {
        var item = Add(version);
        Server.Faults.Add(new SandboxFault { Path = "/oss/", Object = new ObjectFault { CutAfter = 12_000_000 } });
        Module.Run($"{Link} | Save-BackupFile -Destination $args[0] -SegmentCount 1 -MaximumRetryCount 0", Folder)
            .SingleError("ServiceUnavailable");
        Server.Faults.Clear();
        Server.Clock.Offset = TimeSpan.FromMinutes(5);

        var saved = Save($"{Link} | Save-BackupFile -Destination $args[0]");

        Assert.Equal((item.Sha256, "MD5, CRC-64"), (saved.Sha256, saved.VerifiedBy));
        Assert.True(saved.BytesResumed > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Link_that_expired_is_renewed(int version)
    {
        var item = Add(version);
        var link = Module.Run(Link).Single<MongoDbBackupLink>();
        Server.Clock.Offset = TimeSpan.FromHours(2);

        var saved = Save("$args[1] | Save-BackupFile -Destination $args[0]", link);
        var later = Module.Run(Link).Single<MongoDbBackupLink>();

        Assert.Equal((item.Sha256, 1), (saved.Sha256, saved.LinkRenewals));
        Assert.Equal(
            Server.Clock.UtcNow.AddHours(1).UtcDateTime, later.ExpiresAt!.Value.UtcDateTime, TimeSpan.FromMinutes(5));
        Assert.NotEqual(link.Uri.Query, later.Uri.Query);
        Assert.Equal(PresignedUri.Identify(link.Uri), PresignedUri.Identify(later.Uri));
    }

    [Fact]
    public async Task Link_of_version_4_is_checked_with_every_parameter()
    {
        Add(4);
        string link = Module.Run(Link).Single<MongoDbBackupLink>().Uri.OriginalString;
        Assert.Contains("x-oss-signature-version=OSS4-HMAC-SHA256", link);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        Assert.Equal((HttpStatusCode.OK, ""), await GetAsync(link));
        Assert.Equal((HttpStatusCode.Forbidden, "SignatureDoesNotMatch"), await GetAsync(link + "&x-oss-process=a"));
        Assert.Equal(
            (HttpStatusCode.Forbidden, "SignatureDoesNotMatch"),
            await GetAsync(link.Replace("x-oss-expires=3600", "x-oss-expires=3601")));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidArgument"), await GetAsync(link.Replace("aliyun_v4", "v4")));
        Server.Clock.Offset = TimeSpan.FromHours(2);
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), await GetAsync(link));

        async Task<(HttpStatusCode Status, string Code)> GetAsync(string address)
        {
            using var response = await http.GetAsync(address, TestContext.Current.CancellationToken);
            string body = response.IsSuccessStatusCode
                ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (response.StatusCode, body.Split("<Code>").ElementAtOrDefault(1)?.Split('<')[0] ?? "");
        }
    }

    private SandboxObject Add(int version)
    {
        AddSecret();
        var fleet = Server.Cloud.Of<MongoDbFleet>();
        fleet.LinkVersion = version;
        var item = new SandboxObject("rdsbak-hz", "custins5/night data+1.tar.gz", Length);
        fleet.AddBackup(
            Server.Cloud, InstanceId, BackupId, new() { Type = "Manual" }, new SandboxBackupFile(item, null));
        return item;
    }

    private SavedBackupFile Save(string script, params object[] arguments)
    {
        var result = Module.Run(script, [Folder, .. arguments]);
        Assert.Empty(result.Errors);
        var saved = result.Single<SavedBackupFile>();
        Assert.Equal(Length, new FileInfo(saved.Path).Length);
        return saved;
    }
}
