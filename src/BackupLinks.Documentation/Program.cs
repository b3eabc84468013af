using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using BackupLinks.Documentation.Help;
using BackupLinks.Documentation.Views;

namespace BackupLinks.Documentation;

/// <summary>Writes the help and the views of a compiled module. The build runs it.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [var assembly, var sources, var output])
        {
            Console.Error.WriteLine("BackupLinks.Documentation <BackupLinks.dll> <src/BackupLinks> <module's folder>");
            return 2;
        }

        var errors = new ErrorList();
        var module = new ModuleFacts(Load(Path.GetFullPath(assembly)));
        var views = ViewSource.Read(Path.Combine(sources, "Formatting", "Views.xml"), module, errors);
        var prose = HelpSources.Read(Path.Combine(sources, "en-US"), errors);
        var help = new HelpWriter(module, prose, views, errors).Write();
        var format = new FormatWriter(module, views).Write();
        var types = TypesWriter.Write(Path.Combine(sources, "BackupLinks.Types.ps1xml"), module);
        if (errors.Count > 0)
        {
            errors.WriteTo(Console.Out);
            return 1;
        }

        XmlFile.Save(help, Path.Combine(output, "en-US", $"{module.Name}.dll-Help.xml"));
        XmlFile.Save(format, Path.Combine(output, "bin", $"{module.Name}.Format.ps1xml"));
        XmlFile.Save(types, Path.Combine(output, "bin", $"{module.Name}.Types.ps1xml"));
        return 0;
    }

    // The module's references are in its own folder, and not in that of this program.
    private static Assembly Load(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file)
                ? context.LoadFromAssemblyPath(file) : null;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }
}
