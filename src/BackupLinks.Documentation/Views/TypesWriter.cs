using System.Linq;
using System.Xml.Linq;

namespace BackupLinks.Documentation.Views;

/// <summary>
/// Writes the file of types that PowerShell reads (Types.ps1xml): what people wrote, and the same for objects that were
/// read back.
/// </summary>
internal static class TypesWriter
{
    public static XDocument Write(string path, ModuleFacts module)
    {
        var types = XDocument.Load(path);
        foreach (var type in types.Root!.Elements("Type").ToArray())
        {
            string name = type.Element("Name")!.Value;
            if (module.FindType(name) is null)
                continue;
            var readBack = new XElement(type);
            readBack.Element("Name")!.Value = "Deserialized." + name;
            type.AddAfterSelf(readBack);
        }

        return types;
    }
}
