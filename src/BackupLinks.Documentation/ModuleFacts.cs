using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace BackupLinks.Documentation;

/// <summary>A compiled module: its cmdlets, and the types that they return.</summary>
internal sealed class ModuleFacts
{
    private readonly Dictionary<string, Type> _types;

    public ModuleFacts(Assembly assembly)
    {
        Name = assembly.GetName().Name!;
        // The module's own assemblies share the beginning of their names.
        var others = assembly.GetReferencedAssemblies()
            .Where(reference => reference.Name!.StartsWith(Name + ".", StringComparison.Ordinal));
        var types = others.Select(Assembly.Load).Append(assembly).SelectMany(part => part.GetExportedTypes());
        Types = [.. types.OrderBy(type => type.FullName, StringComparer.Ordinal)];
        _types = Types.ToDictionary(type => type.FullName!, StringComparer.Ordinal);
        Commands =
        [
            .. assembly.GetTypes().Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
                .Select(type => new CommandFacts(type)).OrderBy(command => command.Name, StringComparer.Ordinal),
        ];
    }

    public string Name { get; }

    /// <summary>All public types, by their full names.</summary>
    public IReadOnlyList<Type> Types { get; }

    public IReadOnlyList<CommandFacts> Commands { get; }

    /// <summary>The public functions that views call.</summary>
    public Type Display => _types[$"{Name}.Formatting.Display"];

    public Type? FindType(string fullName) => _types.GetValueOrDefault(fullName);
}
