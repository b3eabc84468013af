using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.Concurrency;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Shims;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Transfer;

/// <summary>Runs the transfers of one command and writes each file as it is finished.</summary>
internal sealed class FileSaver : IPumpOutput<FileOrder, SavedBackupFile>, IDisposable
{
    // Apart from the ids of the other commands, with room for one line for each file.
    private const int ActivityIdBase = 0x424D0000;
    private const int IdsPerCommand = 512;

    // Input is read on while files come, so that the whole job can be shown; a link that waits too long is renewed.
    private const int Window = 1000;

    private readonly PSCmdlet _cmdlet;
    private readonly PSHost? _host;
    private readonly SavePreview _preview;
    private readonly HashSet<string> _unfinished = new(Platform.PathComparer);
    private readonly SaveProgress _progress;
    private readonly WorkPump<FileOrder, SavedBackupFile> _pump;
    // One for each folder, and most of it is shared.
    private readonly Dictionary<string, TransferContext> _contexts = new(Platform.PathComparer);
    private readonly Dictionary<FolderIdentity, TransferContext> _folders = [];
    private readonly Dictionary<string, CatalogFile> _catalogs = new(Platform.PathComparer);
    private readonly DiskReservations _room = new();
    private Func<DestinationFolder, TransferContext> _createContext = null!;
    private DownloadClient _client = null!;
    private volatile bool _isStopped;
    private TransferSettings _settings = null!;
    private LinkReader _reader = null!;

    public FileSaver(PSCmdlet cmdlet, int limit, RequestWaits waits)
    {
        _cmdlet = cmdlet;
        _host = cmdlet.Host;
        _preview = new SavePreview(cmdlet);
        _progress = new SaveProgress(
            cmdlet.MyInvocation.MyCommand.Name,
            ActivityIdBase + (cmdlet.MyInvocation.PipelinePosition * IdsPerCommand), limit, Clock.System, waits);
        _pump = new(limit, Math.Max(limit, Window), inInputOrder: false, SaveAsync, this, _progress);
    }

    /// <summary>Has something done on the pipeline thread, soon; from any thread.</summary>
    public void Post(Action message) => _pump.Post(message);

    /// <summary>Prepares the way to the stores and, for links that must be renewed, to the providers.</summary>
    public void Begin(
        TransferSettings settings, BandwidthLimiter? limiter, RequestContext stores, RequestContext providers,
        bool useCatalog)
    {
        var scrubber = new SecretScrubber();
        _settings = settings;
        _client = new DownloadClient(
            stores.Transport.CreateDownloadClient(stores.Settings, stores.Proxy, scrubber, stores.Log),
            scrubber, settings, stores.Transport.Clock, stores.Log);
        TransferContext? first = null;
        _createContext = folder =>
        {
            var catalog = useCatalog ? CatalogOf(folder) : null;
            first ??= new TransferContext(_client, folder, catalog, settings, limiter, stores.Transport, stores.Log);
            return first with { Folder = folder, Catalog = catalog };
        };
        _reader = new LinkReader(
            Clouds.Registry.LinkKinds, new LinkRenewer(_cmdlet, _pump.Post, providers, _pump.Stopping));
    }

    /// <summary>Saves what an object leads to, when its turn comes.</summary>
    /// <param name="item">The object.</param>
    /// <param name="folder">The full path of the folder to save to.</param>
    /// <param name="expectedHash">The hash that the file must have, or null.</param>
    /// <param name="isTyped">True for the command's own parameters, false for an object that was piped in.</param>
    public void Add(PSObject item, string folder, string? expectedHash, bool isTyped)
    {
        TransferSource source;
        try
        {
            source = _reader.Read(item, expectedHash, isTyped);
            _client.RequireSafe(source, source.Uri);
        }
        catch (BackupLinksException e)
        {
            _cmdlet.WriteError(e.ToErrorRecord(item, LinkReader.IdsOf(item)));
            return;
        }

        if (!_contexts.TryGetValue(folder, out var context))
        {
            try
            {
                context = ContextOf(folder);
                _contexts.Add(folder, context);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder above it cannot be searched.
                var error = FileErrors.ToException(e, folder, isNew: false);
                _cmdlet.WriteError(error.ToErrorRecord(item, source.Ids));
                return;
            }
        }

        var place = context.Folder.Assign(source.FileName, source.Address);
        if (!_preview.ShouldSave(place.Path, source))
            return;
        bool isPlain = source.Uri is { Scheme: "http", IsLoopback: false };
        if (isPlain && !_settings.AllowInsecure)
            _cmdlet.WarnOnce("intranet", LinkReader.IntranetWarning);

        _progress.Expect(source.Size);
        _unfinished.Add(place.Path);
        object target = ErrorTarget.Of(item, Path.GetFileName(place.Path));
        _pump.Add(new FileOrder(target, source, context, place, new TransferProgress(source.FileName)));
    }

    /// <summary>Waits for the rest.</summary>
    public void Complete()
    {
        _pump.Complete();
        _preview.Complete();
        foreach (var catalog in _catalogs.Values)
            _cmdlet.WarnOfUnreadableLines(catalog.Path, catalog.UnreadableLines);
    }

    /// <summary>Stops all transfers; what has come is kept for the next run.</summary>
    public void Cancel()
    {
        _isStopped = true;
        _pump.Cancel();
    }

    public void Dispose()
    {
        _pump.Dispose();
        if (_isStopped)
            StoppedNotice.Write(_host, _unfinished);
        _isStopped = false;
    }

    void IPumpOutput<FileOrder, SavedBackupFile>.Write(FileOrder item, Task<SavedBackupFile> task)
    {
        _unfinished.Remove(item.Place.Path);
        if (task.IsCanceled)
        {
            // The command itself was not stopped: the pipeline thread is here.
            _cmdlet.WriteError(
                new BackupLinksException(
                    ErrorKind.ServiceUnavailable,
                    $"{item.Source.Subject} was not saved, because the system cancelled the request; run the command "
                        + "again.")
                .ToErrorRecord(item.Target, item.Source.Ids));
        }
        else if (task is { Exception: { } failure })
        {
            _cmdlet.WriteError(failure.InnerException is BackupLinksException known
                ? known.ToErrorRecord(item.Target, item.Source.Ids)
                : failure.InnerException!.ToUnexpectedErrorRecord(item.Target));
            // One item has one error.
            if (item.CatalogProblem is { } other)
                _cmdlet.Warn(other.Message);
        }
        else
        {
            _cmdlet.WriteObject(task.Result);
            if (item.CatalogProblem is { } problem)
                _cmdlet.WriteError(problem.ToErrorRecord(item.Target, item.Source.Ids));
        }
    }

    void IPumpOutput<FileOrder, SavedBackupFile>.Write(ProgressRecord record) => _cmdlet.WriteProgress(record);

    // A folder can have several spellings, as by a link to it: its files have names that differ all the same.
    private TransferContext ContextOf(string folder)
    {
        var identities = FolderIdentity.AllOf(Disk.Local, folder);
        var context = identities.Where(_folders.ContainsKey).Select(identity => _folders[identity]).FirstOrDefault()
            ?? _createContext(new DestinationFolder(folder, room: _room));
        foreach (var identity in identities)
            _folders[identity] = context;
        return context;
    }

    // The folders of a tree share its catalog, also when that is no longer there: then saving to it fails.
    private CatalogFile CatalogOf(DestinationFolder folder)
    {
        string? found = CatalogFolder.FindAbove(folder.Disk, folder.Path);
        // One that was nearer is not replaced by one above its mount point.
        string? above = folder.Path;
        for (; above is { Length: > 0 } && above != found; above = Path.GetDirectoryName(above))
        {
            if (_catalogs.TryGetValue(above, out var known))
                return known;
        }

        string home = found ?? folder.Path;
        if (!_catalogs.TryGetValue(home, out var catalog))
            _catalogs.Add(home, catalog = new CatalogFile(home, folder.Disk, isFound: found is not null));
        return catalog;
    }

    private async Task<SavedBackupFile> SaveAsync(FileOrder order, CancellationToken stop)
    {
        _progress.Enter(order.Progress, order.Source.Size);
        try
        {
            var context = order.Context with { CatalogFailed = problem => order.CatalogProblem = problem };
            return await FileTransfer.SaveAsync(context, order.Source, order.Place, order.Progress, stop)
                .ConfigureAwait(false);
        }
        finally
        {
            _progress.Leave(order.Progress);
        }
    }
}
