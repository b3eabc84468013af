using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Sandbox.Routes;

namespace BackupLinks.Sandbox;

/// <summary>The contents of the clouds: objects, and what each service has.</summary>
public sealed class SandboxCloud
{
    private readonly ConcurrentDictionary<Type, object> _contents = new();

    /// <summary>The object store, by bucket and key.</summary>
    internal ConcurrentDictionary<(string Bucket, string Key), SandboxObject> Objects { get; } = new();

    /// <summary>What one service or account has in the clouds; made when it is used first.</summary>
    internal T Of<T>()
        where T : class, new() => (T)_contents.GetOrAdd(typeof(T), static _ => new T());

    /// <summary>Takes an instance of any service out of its list, with its backups.</summary>
    /// <param name="instanceId">The instance; one that is not there is no error.</param>
    public void Remove(string instanceId)
    {
        foreach (var fleet in _contents.Values.OfType<ISandboxFleet>())
            fleet.Remove(instanceId);
    }

    /// <summary>Puts an object into the store, in the place of one of the same key.</summary>
    public void Put(SandboxObject item) => Objects[(item.Bucket, item.Key)] = item;

    /// <summary>Puts objects into the store.</summary>
    public void PutAll(IEnumerable<SandboxObject> items)
    {
        foreach (var item in items)
            Put(item);
    }

    /// <summary>The object that a link points to; null when there is none.</summary>
    /// <param name="link">A link that this sandbox returned.</param>
    public SandboxObject? FindObject(Uri link)
    {
        string[] parts = Uri.UnescapeDataString(link.AbsolutePath).TrimStart('/').Split('/', 3);
        return parts is [var store, var bucket, var key] && ObjectStore.All.Any(known => known.Name == store)
            && Objects.TryGetValue((bucket, key), out var found)
            ? found : null;
    }
}
