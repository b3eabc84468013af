using System.Collections.Generic;
using System.IO;
using System.Xml;
using System.Xml.Linq;

namespace BackupLinks.Documentation;

/// <summary>The errors of one run, in the form that MSBuild and editors turn into places in files.</summary>
internal sealed class ErrorList
{
    private readonly List<string> _lines = [];

    public int Count => _lines.Count;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds an error about an element of a source.</summary>
    public void Add(XObject place, string message)
    {
        int line = place is IXmlLineInfo info && info.HasLineInfo() ? info.LineNumber : 1;
        Add(place.Document is { } document ? XmlFile.PathOf(document) : "", line, message);
    }

    public void Add(string file, int line, string message) => _lines.Add($"{file}({line}): error DOC001: {message}");

    public void WriteTo(TextWriter output)
    {
        foreach (string line in _lines)
            output.WriteLine(line);
    }
}
