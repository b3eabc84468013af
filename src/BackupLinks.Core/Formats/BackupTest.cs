using System;
using System.Collections.Generic;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>The test of one input: its layers, from the outermost inwards.</summary>
internal sealed class BackupTest
{
    /// <summary>The beginning of the problem of a layer whose verifier has a defect.</summary>
    public const string Untested = "could not be tested: ";

    private const int DepthLimit = 8;

    private readonly BackupTestDepth _depth;
    private readonly int _level;
    private readonly List<BackupLayer> _layers = [];

    /// <summary>Prepares a test.</summary>
    /// <param name="depth">How deep it goes.</param>
    /// <param name="folder">The folder of the file, for formats of several files; null when there is none.</param>
    public BackupTest(BackupTestDepth depth, string? folder = null)
        : this(depth, folder, 0)
    {
    }

    private BackupTest(BackupTestDepth depth, string? folder, int level)
    {
        _depth = depth;
        Folder = folder;
        _level = level;
    }

    /// <summary>The folder of the file; null for other inputs.</summary>
    public string? Folder { get; }

    /// <summary>The layers, the outermost first.</summary>
    public IReadOnlyList<BackupLayer> Layers => _layers;

    /// <summary>The kind of the content when it is evidently not a backup.</summary>
    public string? Junk { get; private set; }

    /// <summary>True when what containers have in them is tested.</summary>
    public bool GoesDeeper => _depth == BackupTestDepth.Contents && _level + _layers.Count < DepthLimit;

    /// <summary>Tests an input to its end.</summary>
    /// <param name="input">The input.</param>
    /// <param name="format">Its format; null to go by the first bytes.</param>
    /// <returns>False for an input that is of no format, or not of that one; then nothing was read.</returns>
    public bool Run(ByteReader input, FormatVerifier? format = null)
    {
        var head = input.Peek(FormatVerifier.HeadSize);
        if (NonBackupContent.Describe(head) is { } junk && format is null)
        {
            Junk = junk;
            return false;
        }

        var verifier = format ?? FormatCatalog.Recognise(head);
        if (verifier is null)
            return false;
        var layer = new BackupLayer(verifier.Format, verifier.Name);
        _layers.Add(layer);
        try
        {
            verifier.Verify(input, layer, this);
        }
        catch (BackupFormatException e)
        {
            layer.Fail(e.State, e.Offset, e.Message, e.End, e.Start);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException
            or NullReferenceException)
        {
            // A defect of the verifier, which tells nothing of the backup.
            layer.Fail(
                BackupFileState.Unsupported, null, $"{Untested}the module did not expect a value of the "
                + $"{verifier.Name}, before {Numbers.Text(input.Position)}");
        }

        input.Watch(null);
        if (layer.State is BackupFileState.Truncated or BackupFileState.Damaged or BackupFileState.Unsupported)
            layer.Checksum = ChecksumCoverage.NotChecked;
        return true;
    }

    /// <summary>Tests what the innermost container so far has in it, to the end of its content.</summary>
    /// <param name="content">The content, decoded.</param>
    public void RunContent(DecodingSource content)
    {
        using var reader = new ByteReader(content);
        if (!GoesDeeper || reader.IsAtEnd || !Run(reader))
            content.StopDecoding();
        reader.SkipToEnd();
    }

    /// <summary>The format of a member of a container, if it is one to be tested.</summary>
    /// <param name="head">The member's first bytes.</param>
    public FormatVerifier? RecogniseMember(ReadOnlySpan<byte> head) =>
        GoesDeeper && FormatCatalog.Recognise(head) is { } format && IsWorthTesting(format.Format) ? format : null;

    /// <summary>Tests one of several members of a container, to its end.</summary>
    /// <param name="content">The member's content, decoded.</param>
    /// <param name="format">Its format; null to find it, and to test nothing when it is not one to be tested.</param>
    /// <returns>The member's own test; null when it was not tested.</returns>
    public BackupTest? RunMember(IByteSource content, FormatVerifier? format = null)
    {
        using var reader = new ByteReader(content);
        BackupTest? member = null;
        format ??= RecogniseMember(reader.Peek(FormatVerifier.HeadSize));
        if (format is not null)
        {
            member = new BackupTest(_depth, folder: null, _level + _layers.Count);
            member.Run(reader, format);
        }

        reader.SkipToEnd();
        return member;
    }

    /// <summary>Notes on the innermost layer what a member of it has.</summary>
    /// <param name="layer">The container.</param>
    /// <param name="member">The member's test.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="place">Where it is in the container.</param>
    public static void Note(BackupLayer layer, BackupTest member, string name, MemberPlace place)
    {
        bool isProven = place.IsProven;
        foreach (var inner in member._layers)
        {
            if (!inner.IsBad || inner.State == BackupFileState.TrailingData)
            {
                isProven |= !inner.IsBad && inner.Checksum == ChecksumCoverage.Verified;
                if (inner.IsUnsure && layer.State == BackupFileState.Intact)
                {
                    (layer.State, layer.IsWhole) = (BackupFileState.Unverifiable, null);
                    layer.Detail = $"the member '{name}' ({inner.Format}) cannot be verified; {inner.Detail}";
                }

                continue;
            }

            // What is inside of this one follows from it.
            bool isUntested = inner.State == BackupFileState.Unsupported;
            string verdict = isUntested ? "was not tested" : "is not whole";
            layer.Fail(
                inner.State, place.At, $"the member '{name}' ({inner.Format}) {verdict}; {inner.Detail}",
                isUntested && inner.ProblemEnd is null ? null : place.End, place.Start, isProven || inner.IsProven);
            return;
        }
    }

    /// <summary>Takes over the layers of an only member.</summary>
    public void Adopt(BackupTest member) => _layers.AddRange(member._layers);

    // A file of a database may look like text, or be a log that a server has open.
    private static bool IsWorthTesting(BackupFormat format) =>
        format is not (
            BackupFormat.Text or BackupFormat.Binlog or BackupFormat.Sqlite or BackupFormat.Aof
            or BackupFormat.AofManifest or BackupFormat.PgManifest or BackupFormat.Bson or BackupFormat.MySqlDump
            or BackupFormat.PgDumpPlain);
}
