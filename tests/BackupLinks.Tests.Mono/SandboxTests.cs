using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests;

/// <summary>
/// From the signed request to the file, over the HTTP of .NET Framework, against the sandbox that the variables name.
/// </summary>
public sealed class SandboxTests : IDisposable
{
    private readonly string _folder = Path.Combine(
        Path.GetTempPath(), "BackupLinks.Tests." + Guid.NewGuid().ToString("N"));

    private readonly ApiTransport _transport = new();
    private readonly ProxySettings _proxy = new(null, null, null);
    private readonly RequestLog _log = new(null, static _ => { });

    public void Dispose()
    {
        _transport.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Backups_are_listed_with_a_signature_that_the_sandbox_accepts()
    {
        var instance = new InstanceReference(DcsService.Instance.SampleIds.InstanceId!, null);

        var backups = await ReadAsync(DcsService.Instance.Backups(instance, new BackupFilter()));

        Assert.NotEmpty(backups);
        Assert.All(backups, backup => Assert.NotEqual("", backup.BackupId));
    }

    [Fact]
    public async Task A_file_comes_in_segments()
    {
        var link = await GetLinkAsync();

        var saved = await SaveAsync(link, new TransferSettings { SegmentCount = 4 });

        AssertWhole(link, saved);
    }

    [Fact]
    public async Task A_broken_download_is_resumed_by_the_next_run()
    {
        var link = await GetLinkAsync();
        var once = new TransferSettings { SegmentCount = 1, MaximumRetryCount = 0 };
        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(link, once, new Cut()));
        Assert.False(File.Exists(Path.Combine(_folder, link.FileName)));

        var saved = await SaveAsync(link, once);

        AssertWhole(link, saved);
        Assert.Equal(Cut.After, saved.BytesResumed);
    }

    [Fact]
    public async Task An_earlier_file_is_replaced_only_by_force()
    {
        var link = await GetLinkAsync();
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, link.FileName);
        File.WriteAllText(path, "earlier");
        await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(link, new TransferSettings()));
        Assert.Equal("earlier", File.ReadAllText(path));

        var saved = await SaveAsync(link, new TransferSettings { Force = true });

        AssertWhole(link, saved);
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable("BACKUPLINKS_" + name)!;

    private void AssertWhole(DownloadLink link, SavedBackupFile saved)
    {
        using var client = new WebClient();
        byte[] expected = client.DownloadData(link.Uri);
        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(_folder, link.FileName))));
        Assert.Equal(expected.Length, saved.Size);
        Assert.Equal([link.FileName], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    private async Task<DownloadLink> GetLinkAsync()
    {
        var ids = DcsService.Instance.SampleIds with { LogId = null };
        return (await ReadAsync(DcsService.Instance.Links(ids, new LinkOptions())))[0];
    }

    private async Task<SavedBackupFile> SaveAsync(
        DownloadLink link, TransferSettings settings, DelegatingHandler? between = null)
    {
        var scrubber = new SecretScrubber();
        HttpMessageInvoker invoker = _transport.CreateDownloadClient(new RequestSettings(), _proxy, scrubber, _log);
        if (between is not null)
        {
            between.InnerHandler = new Passed(invoker);
            invoker = new HttpMessageInvoker(between);
        }

        var client = new DownloadClient(invoker, scrubber, settings, Clock.System, _log);
        var context = new TransferContext(
            client, new DestinationFolder(_folder), null, settings, null, _transport, _log);
        var source = new TransferSource { Uri = link.Uri, FileName = link.FileName };
        return await FileTransfer.SaveAsync(
            context, source, context.Folder.Assign(source.FileName, PresignedUri.Identify(source.Uri)),
            new TransferProgress(source.FileName), CancellationToken.None);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(ServiceRequest<T> request)
        where T : class
    {
        var settings = new SessionSettings
        {
            [CredentialFields.Region] = Variable("REGION"),
            [CredentialFields.ProjectId] = Variable("PROJECT"),
            [CredentialFields.Endpoint] = Variable("ENDPOINT") + "/dcs",
        };
        var key = new CredentialFields(
            HuaweiCredential.Schema, "The secret 'Nightly'",
            [new("AccessKey", Variable("ACCESS_KEY")), new("SecretKey", Variable("SECRET_KEY"))]);
        var context = new RequestContext(_transport, new RequestSettings(), _proxy, _log);
        var session = HuaweiCloudProvider.Instance.OpenSession(
            DcsService.Instance, settings, key, new SecretReference("Nightly", null), context);
        var page = await request.Open(session).NextAsync(CancellationToken.None);
        Assert.Empty(page.Problems);
        return [.. page.Results];
    }

    private sealed class Passed(HttpMessageInvoker invoker) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>Breaks each body off.</summary>
    private sealed class Cut : DelegatingHandler
    {
        public const int After = 100_000;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var content = new StreamContent(new CutStream(await response.Content.ReadAsStreamAsync()));
            foreach (var header in response.Content.Headers)
                content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            response.Content = content;
            return response;
        }
    }

    private sealed class CutStream(Stream inner) : MemoryStream
    {
        private int _left = Cut.After;

        public override async Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            if (_left == 0)
                throw new IOException("The connection was reset.");
            int read = await inner.ReadAsync(buffer, offset, Math.Min(count, _left), cancellationToken);
            _left -= read;
            return read;
        }
    }
}
