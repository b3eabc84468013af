using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace BackupLinks.Documentation.Help;

/// <summary>The prose of a folder: a source for each command, and sources that commands share.</summary>
internal sealed class HelpSources
{
    private const string CommandEnd = ".help.xml";
    private const string SharedEnd = ".shared.xml";

    private readonly HashSet<XElement> _used = [];
    private readonly ErrorList _errors;

    private HelpSources(string folder, ErrorList errors)
    {
        Folder = folder;
        _errors = errors;
        Commands = Load(CommandEnd, "command");
        Shared = Load(SharedEnd, "shared");
    }

    public string Folder { get; }

    /// <summary>The sources of commands, by the names of the commands.</summary>
    public IReadOnlyDictionary<string, XElement> Commands { get; }

    /// <summary>The shared sources, by the names of the types that they are about.</summary>
    public IReadOnlyDictionary<string, XElement> Shared { get; }

    public static HelpSources Read(string folder, ErrorList errors) => new(folder, errors);

    /// <summary>The path that the source of a command has.</summary>
    public string PathOf(string command) => Path.Combine(Folder, command + CommandEnd);

    /// <summary>
    /// The prose of a command: its own source, those that it names as its base, and those of its classes and output.
    /// </summary>
    public CommandHelp Find(CommandFacts command, XElement own)
    {
        var sources = new List<XElement>();
        Add(own);
        foreach (string name in command.SharedNames)
        {
            if (Shared.TryGetValue(name, out var shared))
                Add(shared);
        }

        return new CommandHelp(command, sources, _used, _errors);

        void Add(XElement source)
        {
            if (sources.Contains(source))
                return;
            sources.Add(source);
            _used.Add(source);
            if (source.Attribute("base") is not { } named)
                return;
            foreach (string name in XmlFile.Words(named.Value).Split(' '))
            {
                if (Shared.TryGetValue(name, out var shared))
                    Add(shared);
                else
                    _errors.Add(named, $"There is no source {name}{SharedEnd}; correct the name, or write the file.");
            }
        }
    }

    /// <summary>Adds an error for each shared text that no command has.</summary>
    public void CheckUse()
    {
        foreach (var source in Shared.Values.Where(source => !_used.Contains(source)))
        {
            _errors.Add(
                source, "No command uses this source; remove it, or name it after a class that commands derive from.");
        }

        var parameters = Shared.Values.Where(_used.Contains).SelectMany(CommandHelp.ParametersOf);
        foreach (var parameter in parameters.Where(parameter => !_used.Contains(parameter)))
        {
            _errors.Add(
                parameter,
                $"No command that uses this source has a parameter -{CommandHelp.NameOf(parameter)}; "
                + "correct the name, or remove the text.");
        }
    }

    private Dictionary<string, XElement> Load(string end, string root)
    {
        var sources = new Dictionary<string, XElement>();
        foreach (string path in Directory.GetFiles(Folder, "*" + end).Order(StringComparer.Ordinal))
        {
            try
            {
                var document = XmlFile.Load(path);
                if (document.Root!.Name == root)
                    sources.Add(Path.GetFileName(path)[..^end.Length], document.Root);
                else
                    _errors.Add(document.Root, $"The root of this source is <{document.Root.Name}>; write <{root}>.");
            }
            catch (XmlException e)
            {
                _errors.Add(path, e.LineNumber, e.Message);
            }
        }

        return sources;
    }
}
