using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using BackupLinks.Cmdlets;
using BackupLinks.HuaweiCloud;
using BackupLinks.Links;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// A command that gets the links of one service: what is true of one is tested of all, those that do not exist yet
/// included.
/// </summary>
/// <param name="Name">The command.</param>
/// <param name="LinkType">What it gives.</param>
/// <param name="Example">The first example of its help: the command alone, with ids that the sandbox knows.</param>
internal sealed record LinkCommand(string Name, Type LinkType, string Example)
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<LinkCommand> All { get; } = FindAll();

    /// <summary>True for one that takes a region.</summary>
    public bool IsHuaweiCloud => typeof(HuaweiCloudLink).IsAssignableFrom(LinkType);

    /// <summary>The example with what <see cref="SandboxTest"/> has scripts pass to the clouds.</summary>
    public string Call => $"{Example} {(IsHuaweiCloud ? "@h" : "@o")}";

    private static LinkCommand[] FindAll()
    {
        var help = XDocument.Load(Path.Combine(ModuleHost.StageFolder, "en-US", "BackupLinks.dll-Help.xml"));
        return
        [
            .. from type in typeof(GetDcsBackupLinkCommand).Assembly.GetTypes()
               let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
               where cmdlet is not null
               let output = type.GetCustomAttribute<OutputTypeAttribute>()!.Type.Single().Type
               where typeof(DownloadLink).IsAssignableFrom(output) && !output.IsAbstract
               let name = $"{cmdlet.VerbName}-{cmdlet.NounName}"
               select new LinkCommand(name, output, FirstExample(help, name)),
        ];
    }

    private static string FirstExample(XDocument help, string name) => help.Descendants(Command + "command")
        .Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == name)
        .Descendants(Dev + "code").First().Value;
}
