using System;
using System.IO;
using BackupLinks.Links;

namespace BackupLinks.Manifests;

/// <summary>
/// Pairs of an address and a name, and the options that hold for all of them: one transfer each, side by side with
/// <c>--parallel</c>. Source: curl(1), <c>-K, --config</c>.
/// </summary>
internal sealed class CurlWriter : ManifestWriter
{
    private readonly TextWriter _output;
    private bool _hasPlainHttp;

    public CurlWriter(TextWriter output)
    {
        _output = output;
        // An address is sent unchanged, a refusal is not saved, and an existing part is resumed.
        output.WriteLine("fail");
        output.WriteLine("continue-at = -");
        output.WriteLine("globoff");
        output.WriteLine("path-as-is");
        output.WriteLine("location");
        output.WriteLine("max-redirs = 5");
    }

    public override bool HasMirrors => false;

    public override void Write(ManifestEntry entry)
    {
        var address = entry.Addresses[0];
        _hasPlainHttp |= address.Scheme == Uri.UriSchemeHttp;
        _output.WriteLine();
        _output.WriteLine($"url = {Quote(PresignedUri.ToText(address))}");
        // A dash alone is the screen.
        _output.WriteLine($"output = {Quote(entry.FileName == "-" ? "./-" : entry.FileName)}");
    }

    public override void Complete()
    {
        string protocols = _hasPlainHttp ? "=http,https" : "=https";
        _output.WriteLine();
        _output.WriteLine($"proto = {Quote(protocols)}");
        _output.WriteLine($"proto-redir = {Quote(protocols)}");
    }

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
