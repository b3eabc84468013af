using System;
using System.IO;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Shims;
using BackupLinks.Time;

namespace BackupLinks.Formats;

/// <summary>Tests files.</summary>
internal static class BackupFileTester
{
    // The hash of a small file takes no noticeable time; that of a large file takes longer than the test.
    private const long SmallFile = 16 * 1024 * 1024;

    // A thread of its own is worth it for what takes several blocks.
    private const long OneBlock = 1024 * 1024;

    /// <summary>Tests one file; a bad file is a report, not an error.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="options">How to test it.</param>
    /// <param name="progress">Takes the number of bytes read, now and then; or null.</param>
    /// <param name="stop">Ends the test at the next block.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.FileNotFound"/>, <see cref="ErrorKind.FileUnavailable"/>, <see
    /// cref="ErrorKind.FileChanged"/>,
    /// <see cref="ErrorKind.HashMismatch"/>, <see cref="ErrorKind.InvalidFormat"/>.
    /// </exception>
    public static BackupFileReport Test(
        string path, BackupTestOptions options, Action<long>? progress, CancellationToken stop)
    {
        var began = Clock.System.GetElapsed();
        try
        {
            RequireFile(path);
            var before = new FileInfo(path);
            bool isSmall = before.Exists && before.Length <= SmallFile;
            using var source = new FileByteSource(
                path, options.WithSha256 || options.SavedSha256 is not null || isSmall
                    || options.ExpectedHash is { IsMd5: false }, options.ExpectedHash is { IsMd5: true }, progress,
                    stop);
            long length = source.Length;
            var test = new BackupTest(options.Depth, Path.GetDirectoryName(path));
            using (var ahead = length > OneBlock ? new ReadAhead(source, Clock.System) : null)
            using (var reader = ahead is null ? new ByteReader(source) : new ByteReader(ahead))
            {
                Run(reader, test, path, options.Format);
                reader.SkipToEnd();
            }

            RequireUnchanged(path, before, length, source);
            var (sha256, md5) = source.GetHashes();
            options.ExpectedHash?.Require(path, sha256, md5);
            return BackupVerdict.ToReport(
                path, length, test, sha256, Clock.System.GetElapsed() - began, options.SavedSha256);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BackupLinksException(ErrorKind.FileNotFound, $"'{path}' does not exist; check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable,
                $"'{path}' cannot be read ({e.Message.TrimEnd('.')}); check its permissions, and whether "
                    + "another process writes it.", e);
        }
    }

    // To open a pipe, or to read a device, may take for ever.
    private static void RequireFile(string path)
    {
        if (FileStatusReader.TypeOfTarget(path) is FileType.Pipe or FileType.Special)
        {
            throw new BackupLinksException(
                ErrorKind.FileUnavailable, $"'{path}' is a named pipe, a socket or a device; pass a file.");
        }
    }

    private static void Run(ByteReader reader, BackupTest test, string path, BackupFormat? format)
    {
        if (format is not { } wanted)
        {
            test.Run(reader);
            return;
        }

        var verifier = FormatCatalog.Find(wanted);
        if (!reader.IsAtEnd && !verifier.Recognises(reader.Peek(FormatVerifier.HeadSize)))
        {
            throw new BackupLinksException(
                ErrorKind.InvalidFormat, $"'{path}' does not begin like {verifier.Name}; omit -Format, which "
                + "finds the format by the content.");
        }

        if (!reader.IsAtEnd)
            test.Run(reader, verifier);
    }

    private static void RequireUnchanged(string path, FileInfo before, long length, FileByteSource source)
    {
        var after = new FileInfo(path);
        if (source.Position != length || source.Length != length || (after.Exists
            && before.LastWriteTimeUtc != after.LastWriteTimeUtc))
        {
            throw new BackupLinksException(
                ErrorKind.FileChanged, $"'{path}' changed while it was read; test it again when no process writes it.");
        }
    }
}
