using System;
using System.IO;

namespace BackupLinks.Manifests;

/// <summary>Writes links as another program, or another machine, takes them.</summary>
internal abstract class ManifestWriter
{
    /// <summary>
    /// True when the reader of the manifest can renew links; other readers cannot use an expired one.
    /// </summary>
    public virtual bool CanRenew => false;

    /// <summary>The writer of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="output">Takes the text; is not closed.</param>
    public static ManifestWriter Create(ManifestFormat format, TextWriter output) => format switch
    {
        ManifestFormat.Jsonl => new JsonLinesWriter(output),
        ManifestFormat.Aria2 => new Aria2Writer(output),
        ManifestFormat.Curl => new CurlWriter(output),
        ManifestFormat.Metalink => new MetalinkWriter(output),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>True when all addresses of a file are written; false when only the one to prefer is.</summary>
    public virtual bool HasMirrors => true;

    /// <summary>Writes one file's links.</summary>
    public abstract void Write(ManifestEntry entry);

    /// <summary>Writes what comes after the last file.</summary>
    public virtual void Complete()
    {
    }
}
