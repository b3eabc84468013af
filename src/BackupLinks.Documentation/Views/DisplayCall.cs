using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BackupLinks.Documentation.Views;

/// <summary>
/// A call of a function of the class Display over properties: all that a view may show. An address goes through
/// Display.Address alone, which removes the signature.
/// </summary>
internal sealed partial record DisplayCall(string Function, IReadOnlyList<string> Properties)
{
    private const string AddressFunction = "Address";
    private const string TextFunction = "Text";

    /// <summary>The call for a property without one of its own.</summary>
    public static DisplayCall For(PropertyInfo property) =>
        new(property.PropertyType == typeof(Uri) ? AddressFunction : TextFunction, [property.Name]);

    /// <summary>
    /// Reads the call that an element has as its text, such as <c>Instance(InstanceName, InstanceId)</c>. Anything else
    /// is null, and an error.
    /// </summary>
    public static DisplayCall? Read(XElement place, IEnumerable<Type> types, ModuleFacts module, ErrorList errors)
    {
        string text = place.Value.Trim();
        if (Pattern().Match(text) is not { Success: true } match)
        {
            errors.Add(place, $"'{text}' is not a call of a function of Display; write one such as Text(Name).");
            return null;
        }

        string[] properties = match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries);
        var call = new DisplayCall(match.Groups[1].Value, properties);
        var functions = module.Display.GetMethods().Where(method => method.Name == call.Function);
        if (functions.All(function => function.GetParameters().Length != properties.Length))
        {
            errors.Add(
                place, $"Display has no function {call.Function} of {properties.Length} values; correct the call.");
        }

        foreach (var type in types)
        {
            foreach (string name in call.Properties)
            {
                if (type.GetProperty(name) is not { } property)
                    errors.Add(place, $"{type.FullName} has no property {name}; correct the call.");
                else if (property.PropertyType == typeof(Uri) && call.Function != AddressFunction)
                {
                    errors.Add(
                        place, $"{name} is an address, which may have a signature; write {AddressFunction}({name}).");
                }
            }
        }

        return call;
    }

    /// <summary>The script that a view has.</summary>
    public string ToScript(ModuleFacts module) =>
        $"[{module.Display.FullName}]::{Function}({string.Join(", ", Properties.Select(name => "$_." + name))})";

    [GeneratedRegex(@"^(\w+)\((\w+(?:, ?\w+)*)\)$")]
    private static partial Regex Pattern();
}
