using System;
using System.IO;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace BackupLinks.Documentation;

/// <summary>Reads the sources with their lines, and writes the same bytes on every system.</summary>
internal static class XmlFile
{
    public static XDocument Load(string path)
    {
        var document = XDocument.Load(path, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        document.AddAnnotation(path);
        return document;
    }

    /// <summary>The path that a document was loaded from; empty for one that was not loaded.</summary>
    public static string PathOf(XDocument document) => document.Annotation<string>() ?? "";

    public static void Save(XDocument document, string path)
    {
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        var text = new MemoryStream();
        using (var writer = XmlWriter.Create(text, settings))
            document.Save(writer);
        text.WriteByte((byte)'\n');
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, text.ToArray());
    }

    /// <summary>The words of a text, with one space between two.</summary>
    public static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
