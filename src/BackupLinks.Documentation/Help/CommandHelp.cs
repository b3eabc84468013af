using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace BackupLinks.Documentation.Help;

/// <summary>The prose of one command, from its own source and those that it shares, the nearest first.</summary>
internal sealed class CommandHelp
{
    private readonly CommandFacts _command;
    private readonly IReadOnlyList<XElement> _sources;
    private readonly HashSet<XElement> _used;
    private readonly ErrorList _errors;

    /// <param name="command">The command.</param>
    /// <param name="sources">Its own source, then the shared ones, the nearest first.</param>
    /// <param name="used">Gets each text of a parameter that is used.</param>
    /// <param name="errors">Gets the errors.</param>
    public CommandHelp(
        CommandFacts command, IReadOnlyList<XElement> sources, HashSet<XElement> used, ErrorList errors)
    {
        (_command, _sources, _used, _errors) = (command, sources, used, errors);
        foreach (var parameter in ParametersOf(Own))
        {
            string? name = NameOf(parameter);
            if (command.Parameters.All(item => item.Name != name))
                errors.Add(parameter, $"{command.Name} has no parameter -{name}; correct the name, or remove it.");
        }

        foreach (string name in new[] { "synopsis", "description", "input", "output", "example" })
        {
            if (Own.Element(name) is null)
                _errors.Add(Own, $"{command.Name} has no <{name}>; write one.");
        }
    }

    private XElement Own => _sources[0];

    public string Synopsis => Text(Own.Element("synopsis"));

    public IEnumerable<string> Description => Paragraphs("description");

    public IEnumerable<XElement> Inputs => Own.Elements("input");

    public XElement? Output => Own.Element("output");

    /// <summary>The command's own notes, then the shared ones, the most general first, then the errors by id.</summary>
    public IEnumerable<string> Notes =>
    [
        .. _sources.Skip(1).Append(Own).Reverse().SelectMany(source => ParagraphsOf(source.Element("notes"))),
        .. Paragraphs("errors"),
        .. _sources.SelectMany(source => source.Elements("errors").Elements("error"))
            .OrderBy(error => (string?)error.Attribute("id"), StringComparer.Ordinal)
            .Select(error => $"{(string?)error.Attribute("id")}: {Text(error)}"),
    ];

    public IEnumerable<XElement> Examples => Own.Elements("example");

    public IEnumerable<XElement> Links => _sources.SelectMany(source => source.Elements("link"));

    public static IEnumerable<XElement> ParametersOf(XElement source) =>
        source.Elements("parameters").Elements("parameter");

    public static string? NameOf(XElement element) => (string?)element.Attribute("name");

    /// <summary>The text of a parameter, by the nearest source that has it.</summary>
    public IEnumerable<string> Parameter(string name)
    {
        var text = _sources.SelectMany(ParametersOf).FirstOrDefault(parameter => NameOf(parameter) == name);
        if (text is null)
        {
            string shared = string.Join(" or ", _command.SharedNames.Select(source => source + ".shared.xml"));
            _errors.Add(
                Own,
                $"{_command.Name} has a parameter -{name} without a text; write <parameter name=\"{name}\"> here"
                + $", or, for several commands, in {shared}.");
            return [];
        }

        _used.Add(text);
        var facts = _command.Parameters.First(parameter => parameter.Name == name);
        return text.Elements("p").Select(paragraph => Text(paragraph, facts));
    }

    public IEnumerable<string> ParagraphsOf(XElement? element) =>
        element?.Elements("p").Select(paragraph => Text(paragraph)) ?? [];

    private IEnumerable<string> Paragraphs(string name) =>
        _sources.SelectMany(source => ParagraphsOf(source.Element(name)));

    // Only the text of a parameter has the facts of one.
    private string Text(XElement? element, ParameterFacts? facts = null)
    {
        var text = new StringBuilder();
        Add(element);
        return XmlFile.Words(text.ToString());

        void Add(XElement? part)
        {
            foreach (var node in part?.Nodes() ?? [])
            {
                if (node is XText words)
                    text.Append(words.Value);
                else if (node is XElement { Name.LocalName: "term" } term)
                    Add(Meaning(term));
                else if (node is XElement { Name.LocalName: "default" or "range" or "words" } fact)
                    text.Append(FactOf(fact, facts));
                else if (node is XElement other)
                    _errors.Add(other, $"A text has no element <{other.Name}>; only <term name=\"...\"/>.");
            }
        }
    }

    private string? FactOf(XElement element, ParameterFacts? facts)
    {
        string? fact = element.Name.LocalName switch
        {
            "range" => facts?.Range,
            "words" => facts?.Words,
            _ => facts?.Default,
        };
        if (fact is null)
        {
            string owner = facts is null ? "This text" : $"The parameter -{facts.Name} of {_command.Name}";
            _errors.Add(element, $"{owner} has no {element.Name}; write it in words, or set it in the class.");
        }

        return fact;
    }

    private XElement? Meaning(XElement term)
    {
        string? name = NameOf(term);
        var terms = _sources.SelectMany(source => source.Elements("term"));
        var meaning = terms.FirstOrDefault(item => NameOf(item) == name);
        if (meaning is null)
        {
            _errors.Add(
                term, $"No source of {_command.Name} has a text for the term '{name}'; write <term name=\"{name}\">.");
        }

        return meaning;
    }
}
