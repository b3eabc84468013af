using System.IO;
using System.Linq;
using BackupLinks.Links;

namespace BackupLinks.Manifests;

/// <summary>
/// An entry a file: its addresses on one line, as mirrors of each other, and its options indented below. Source:
/// aria2c(1), "Input File".
/// </summary>
internal sealed class Aria2Writer(TextWriter output) : ManifestWriter
{
    public override void Write(ManifestEntry entry)
    {
        output.WriteLine(string.Join("\t", entry.Addresses.Select(PresignedUri.ToText)));
        output.WriteLine($"  out={entry.FileName}");
        // A file of that name that is there is an error, not a reason for another name.
        output.WriteLine("  auto-file-renaming=false");
        // The download is a file, also when it looks like a list of other files.
        output.WriteLine("  follow-metalink=false");
        output.WriteLine("  follow-torrent=false");
        if (entry.ExpectedHash is { } hash)
            output.WriteLine($"  checksum={entry.HashName}={hash}");
    }
}
