using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace BackupLinks.Documentation.Views;

/// <summary>
/// The tables that people wrote, and the lists that follow from the types: every public property of a type, in the
/// order of the code. A list that people wrote puts some properties first or last, for a type and its derived types.
/// </summary>
internal sealed class ViewSource
{
    private static readonly string[] Kinds = ["table", "list", "wide", "custom"];

    private readonly ModuleFacts _module;
    private readonly ErrorList _errors;
    private readonly XElement _root;
    private readonly IReadOnlyList<Type> _shown;

    private ViewSource(XElement root, ModuleFacts module, ErrorList errors)
    {
        (_root, _module, _errors) = (root, module, errors);
        foreach (var element in root.Elements().Where(element => !Kinds.Contains(element.Name.LocalName)))
            errors.Add(element, $"<{element.Name}> is not a view; write <table>, <list>, <wide> or <custom>.");
        Type[] shown = [.. Tables.SelectMany(TypesOf)];
        _shown = shown;
        foreach (var type in module.Commands.SelectMany(command => command.Outputs).Distinct().Where(IsOwn))
        {
            if (!shown.Any(table => table.IsAssignableFrom(type)))
                errors.Add(root, $"{type.FullName} is the output of a command and has no table; write one.");
        }

        Listed = [.. module.Types.Where(type => !type.IsAbstract && shown.Any(table => table.IsAssignableFrom(type)))];
        CheckLists();
    }

    public IEnumerable<XElement> Tables => _root.Elements("table");

    public IEnumerable<XElement> Wides => _root.Elements("wide");

    public IEnumerable<XElement> Customs => _root.Elements("custom");

    /// <summary>The types that have a list: those with a table of their own or of a base type.</summary>
    public IReadOnlyList<Type> Listed { get; }

    public static ViewSource Read(string path, ModuleFacts module, ErrorList errors)
    {
        try
        {
            return new ViewSource(XmlFile.Load(path).Root!, module, errors);
        }
        catch (Exception e) when (e is XmlException or IOException)
        {
            errors.Add(path, (e as XmlException)?.LineNumber ?? 1, e.Message);
            return new ViewSource(new XElement("views"), module, errors);
        }
    }

    /// <summary>The types without a table of their own that have the table of a type.</summary>
    public IEnumerable<Type> InheritorsOf(Type type) => Listed.Where(
        listed =>
            listed != type
                && _shown.Where(table => table.IsAssignableFrom(listed)).All(table => table.IsAssignableFrom(type))
            && type.IsAssignableFrom(listed));

    /// <summary>The types that a view is of.</summary>
    public IReadOnlyList<Type> TypesOf(XElement view)
    {
        var types = new List<Type>();
        foreach (string name in XmlFile.Words((string?)view.Attribute("of") ?? "").Split(' '))
        {
            if (_module.FindType(name) is { } type)
                types.Add(type);
            else
                _errors.Add(view, $"There is no type '{name}'; correct the attribute of.");
        }

        return types;
    }

    public IEnumerable<TableColumn> ColumnsOf(XElement table)
    {
        var types = TypesOf(table);
        foreach (var column in table.Elements("column"))
        {
            if (Item(column, types) is not { } item)
                continue;
            if ((string?)column.Attribute("label") is { } label)
                item = item with { Label = label };
            string? width = (string?)column.Attribute("width");
            yield return new TableColumn(item, width, (string?)column.Attribute("alignment"));
        }
    }

    public DisplayCall? CallOf(XElement element, IReadOnlyList<Type> types) =>
        DisplayCall.Read(element, types, _module, _errors);

    /// <summary>All public properties of a type, in the order of its list.</summary>
    public IReadOnlyList<ViewItem> ListOf(Type type)
    {
        var all = Properties(type).Select(property => new ViewItem(property.Name, DisplayCall.For(property)));
        if (_root.Elements("list").FirstOrDefault(list => IsOf(list, type)) is not { } list)
            return [.. all];
        var others = list.Element("others");
        ViewItem[] first = Named(others?.ElementsBeforeSelf("item") ?? list.Elements("item"));
        ViewItem[] last = Named(others?.ElementsAfterSelf("item") ?? []);
        return [.. first, .. all.ExceptBy(first.Concat(last).Select(item => item.Label), item => item.Label), .. last];

        ViewItem[] Named(IEnumerable<XElement> items) =>
            [.. items.Where(item => Has(type, item)).Select(item => Item(item, [type])).OfType<ViewItem>()];
    }

    // The properties of the type before those of its base, each in the order of the code.
    private static IEnumerable<PropertyInfo> Properties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .OrderBy(property => Depth(type, property.DeclaringType!)).ThenBy(property => property.MetadataToken);

    private static int Depth(Type type, Type declaring) => type == declaring ? 0 : 1 + Depth(type.BaseType!, declaring);

    private static string NameOf(XElement element) => (string?)element.Attribute("name") ?? "";

    private static bool Has(Type type, XElement element) => type.GetProperty(NameOf(element)) is not null;

    private bool IsOwn(Type type) => _module.FindType(type.FullName!) is not null;

    private bool IsOf(XElement list, Type type) => TypesOf(list).Any(of => of.IsAssignableFrom(type));

    private ViewItem? Item(XElement element, IReadOnlyList<Type> types)
    {
        string name = NameOf(element);
        if (types.FirstOrDefault(type => !Has(type, element)) is { } other)
        {
            _errors.Add(element, $"'{name}' is not a property of {other.FullName}; correct the attribute name.");
            return null;
        }

        if (types.Count == 0)
            return null;
        bool hasCall = element.Value.Trim().Length > 0;
        var call = hasCall ? CallOf(element, types) : DisplayCall.For(types[0].GetProperty(name)!);
        return call is null ? null : new ViewItem(name, call);
    }

    private void CheckLists()
    {
        foreach (var list in _root.Elements("list"))
        {
            Type[] types = [.. Listed.Where(type => IsOf(list, type))];
            foreach (var item in list.Elements("item").Where(item => !types.Any(type => Has(type, item))))
                _errors.Add(item, $"No type of this list has a property '{NameOf(item)}'; correct the name.");
        }
    }
}
