using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;

namespace BackupLinks.Documentation;

/// <summary>The facts of a cmdlet, from its compiled class.</summary>
internal sealed class CommandFacts
{
    private const string EverySet = ParameterAttribute.AllParameterSets;

    public CommandFacts(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        Type = type;
        Verb = cmdlet.VerbName;
        Noun = cmdlet.NounName;
        var outputs = type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type);
        Outputs = [.. outputs.Select(output => output.Type)];
        object instance = Activator.CreateInstance(type)!;
        var own = ParameterMetadata.GetParameterMetadata(type);
        var added = cmdlet.SupportsShouldProcess
            ? ParameterMetadata.GetParameterMetadata(typeof(ShouldProcessParameters)) : [];
        Parameters =
        [
            .. own.Values.Concat(added.Values).Select(metadata => new ParameterFacts(metadata, type, instance)).Order(),
        ];
        var sets = Parameters.Select(parameter => parameter.Set).Where(set => set != EverySet).Distinct();
        ParameterSets = [.. sets.DefaultIfEmpty(EverySet).OrderBy(set => set != cmdlet.DefaultParameterSetName)];
    }

    public Type Type { get; }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public IReadOnlyList<Type> Outputs { get; }

    /// <summary>
    /// All but the common parameters: those of the class before those of its base, each in the order of the source.
    /// </summary>
    public IReadOnlyList<ParameterFacts> Parameters { get; }

    /// <summary>The names of the parameter sets, the default one first.</summary>
    public IReadOnlyList<string> ParameterSets { get; }

    /// <summary>
    /// The names of the shared sources that apply to the command: of the rooms of its output, such as its cloud, of its
    /// base classes, and of the classes of its output, each the nearest first.
    /// </summary>
    public IEnumerable<string> SharedNames =>
    [
        .. Outputs.SelectMany(output => output.Namespace!.Split('.').Skip(1).Reverse()),
        .. Bases(Type.BaseType).Concat(Outputs.SelectMany(Bases)).Select(type => type.Name.Split('`')[0]),
    ];

    /// <summary>The parameters of a set as a syntax shows them: positional, then mandatory, then the others.</summary>
    public IEnumerable<ParameterFacts> SyntaxOf(string set) => Parameters
        .Where(parameter => parameter.Set == set || parameter.Set == EverySet)
        .OrderBy(parameter => parameter.Position ?? int.MaxValue).ThenBy(parameter => !parameter.IsRequired);

    private static IEnumerable<Type> Bases(Type? type)
    {
        while (type?.Namespace?.StartsWith("System", StringComparison.Ordinal) == false)
        {
            yield return type;
            type = type.BaseType;
        }
    }
}
