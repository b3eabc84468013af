using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace BackupLinks.Documentation;

/// <summary>The facts of a parameter, from its compiled property.</summary>
internal sealed class ParameterFacts : IComparable<ParameterFacts>
{
    // The module's interface of commands that know their vendors' words. This program cannot refer to it.
    private const string WordsInterface = "IServiceCommand";
    private const string FindWords = "FindWords";

    private readonly object _instance;
    private readonly (int Depth, int Token) _place;

    public ParameterFacts(ParameterMetadata metadata, Type command, object instance)
    {
        _instance = instance;
        // -WhatIf and -Confirm are not properties of the command.
        var property = command.GetProperty(metadata.Name);
        var set = metadata.ParameterSets.Single();
        Name = metadata.Name;
        Type = Nullable.GetUnderlyingType(metadata.ParameterType) ?? metadata.ParameterType;
        Set = set.Key;
        IsRequired = set.Value.IsMandatory;
        Position = set.Value.Position >= 0 ? set.Value.Position : null;
        string[] ways =
        [
            .. set.Value.ValueFromPipeline ? ["ByValue"] : Array.Empty<string>(),
            .. set.Value.ValueFromPipelineByPropertyName ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        PipelineInput = ways.Length == 0 ? "false" : $"true ({string.Join(", ", ways)})";
        Aliases = metadata.Aliases;
        AcceptsWildcards = metadata.Attributes.OfType<SupportsWildcardsAttribute>().Any();
        Choices = Type.IsEnum ? Enum.GetNames(Type)
            : [.. metadata.Attributes.OfType<ValidateSetAttribute>().SelectMany(choices => choices.ValidValues)];
        var range = metadata.Attributes.OfType<ValidateRangeAttribute>().SingleOrDefault();
        Range = Describe(range);
        Default = Describe(property is null ? new SwitchParameter() : property.GetValue(instance), range);
        _place = property is null
            ? (int.MaxValue, metadata.Name == "WhatIf" ? 0 : 1) : (Depth(command, property), property.MetadataToken);
    }

    public string Name { get; }

    /// <summary>The type; of a nullable one, what it is when it is given.</summary>
    public Type Type { get; }

    /// <summary>The one parameter set that it is in, or the name that stands for all.</summary>
    public string Set { get; }

    public bool IsRequired { get; }

    /// <summary>Null for a parameter that is given by name only.</summary>
    public int? Position { get; }

    public string PipelineInput { get; }

    public IReadOnlyList<string> Aliases { get; }

    public bool AcceptsWildcards { get; }

    /// <summary>The accepted values; empty where the values are not a closed list.</summary>
    public IReadOnlyList<string> Choices { get; }

    /// <summary>Null where the command decides, or where there is no default.</summary>
    public string? Default { get; }

    /// <summary>The accepted numbers: <c>0 to 100</c>; null where any number is accepted.</summary>
    public string? Range { get; }

    /// <summary>
    /// The vendor's words, as its page lists them: <c>auto, manual</c>; null for a parameter that takes none.
    /// </summary>
    public string? Words => _instance.GetType().GetInterface(WordsInterface)?.GetMethod(FindWords)!
        .Invoke(_instance, [Name]) is IEnumerable<string> words ? string.Join(", ", words) : null;

    public bool IsSwitch => Type == typeof(SwitchParameter);

    public int CompareTo(ParameterFacts? other) => _place.CompareTo(other!._place);

    private static int Depth(Type command, PropertyInfo property)
    {
        int depth = 0;
        for (var type = command; type != property.DeclaringType; type = type.BaseType!)
            depth++;
        return depth;
    }

    // The greatest number is no limit.
    private static string? Describe(ValidateRangeAttribute? range) => range is null ? null
        : range.MaxRange is long.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{range.MinRange} or more")
            : string.Create(CultureInfo.InvariantCulture, $"{range.MinRange} to {range.MaxRange}");

    // A number outside of the range stands for a choice of the command's own, and the greatest for no limit.
    private static string? Describe(object? value, ValidateRangeAttribute? range)
    {
        bool isGiven = value is not (null or "" or Array { Length: 0 } or long.MaxValue or DateTimeOffset { Ticks: 0 })
            && !(range?.MinRange is IComparable least && least.CompareTo(value) > 0);
        return isGiven ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }
}
