using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Tests.Isolation;
using BackupLinks.Text;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>
/// Saves from a store in memory to a folder that goes away with the test. Waits between retries are a millisecond at
/// most.
/// </summary>
public abstract class TransferTest : IDisposable
{
    private protected const string Address =
        "https://store.example/bucket/dump.rdb?Expires=4102444800&Signature=SecretSecretSecret";
    private ApiTransport _transport = new();

    private protected FakeStore Store { get; } = new();

    private protected List<string> Warnings { get; } = [];

    private protected List<string> Told { get; } = [];

    private protected TransferSettings Settings { get; set; } = new() { RetryInterval = TimeSpan.FromMilliseconds(1) };

    private protected string Folder { get; } = Path.Combine(
        Path.GetTempPath(), "BackupLinks.Tests." + Guid.NewGuid().ToString("N"));

    private protected TransferSource Source { get; set; } = new() { Uri = new Uri(Address), FileName = "dump.rdb" };

    private protected byte[]? Saved => File.Exists(FilePath) ? File.ReadAllBytes(FilePath) : null;

    private protected string FilePath => Path.Combine(Folder, Source.FileName);

    public void Dispose()
    {
        _transport.Dispose();
        Store.Dispose();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Bytes that no two places of a file have in common.</summary>
    private protected static byte[] Bytes(int length, int seed = 1)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected Task<SavedBackupFile> SaveAsync() => SaveInAsync(CreateContext());

    private protected Task<SavedBackupFile> SaveInAsync(TransferContext context)
    {
        var place = context.Folder.Assign(Source.FileName, PresignedUri.Identify(Source.Uri));
        return FileTransfer.SaveAsync(
            context, Source, place, new TransferProgress(Source.FileName), TestContext.Current.CancellationToken)
            .WaitAsync(TestTimeout.Hang);
    }

    private protected async Task<BackupLinksException> FailAsync(ErrorKind kind)
    {
        var error = await Assert.ThrowsAnyAsync<BackupLinksException>(SaveAsync);
        Assert.Equal(kind, error.Kind);
        Assert.Null(Saved);
        Assert.DoesNotContain("SecretSecret", error.Message + string.Join('\n', Warnings) + string.Join('\n', Told));
        return error;
    }

    private protected void AssertWhole() => Assert.Equal(Store.Content, Saved);

    private protected BandwidthLimiter? Limiter { get; set; }

    private protected Disk Disk { get; set; } = Disk.Local;

    private protected ApiTransport Transport
    {
        get => _transport;
        set => _transport = value;
    }

    private protected TransferContext CreateContext()
    {
        var log = new RequestLog(Add(Told), Add(Warnings));
        var client = new DownloadClient(
            new HttpMessageInvoker(Store, disposeHandler: false), new SecretScrubber(), Settings, Clock.System, log);
        return new TransferContext(
            client, new DestinationFolder(Folder, Disk), new CatalogFile(Folder, Disk), Settings, Limiter, _transport,
            log);
    }

    private static Action<string> Add(List<string> lines) => line =>
    {
        lock (lines)
            lines.Add(line);
    };
}
