using System.Globalization;
using System.IO;
using System.Xml;
using BackupLinks.Links;

namespace BackupLinks.Manifests;

/// <summary>A Metalink 4 document. Source: RFC 5854.</summary>
internal sealed class MetalinkWriter : ManifestWriter
{
    private const string Namespace = "urn:ietf:params:xml:ns:metalink";

    private readonly XmlWriter _xml;

    public MetalinkWriter(TextWriter output)
    {
        _xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = output.NewLine });
        _xml.WriteStartElement("metalink", Namespace);
        _xml.WriteElementString("generator", Namespace, "BackupLinks");
    }

    public override void Write(ManifestEntry entry)
    {
        _xml.WriteStartElement("file", Namespace);
        _xml.WriteAttributeString("name", entry.FileName);
        if (entry.ExactSize is { } size)
            _xml.WriteElementString("size", Namespace, size.ToString(CultureInfo.InvariantCulture));
        if (entry.ExpectedHash is { } hash)
        {
            _xml.WriteStartElement("hash", Namespace);
            _xml.WriteAttributeString("type", entry.HashName);
            _xml.WriteString(hash);
            _xml.WriteEndElement();
        }

        for (int i = 0; i < entry.Addresses.Count; i++)
        {
            _xml.WriteStartElement("url", Namespace);
            _xml.WriteAttributeString("priority", (i + 1).ToString(CultureInfo.InvariantCulture));
            _xml.WriteString(PresignedUri.ToText(entry.Addresses[i]));
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    public override void Complete()
    {
        _xml.WriteEndElement();
        _xml.Flush();
    }
}
