using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Architecture;

/// <summary>
/// Only a cloud's own rooms, its named commands and the registry name it: a new cloud changes no other code.
/// </summary>
public sealed class NeutralRoomTests
{
    private const string Core = "BackupLinks.Core";
    private const string Module = "BackupLinks";
    private const string Documentation = "BackupLinks.Documentation";
    private const string HelpRoom = "en-US";
    private const string CommandsRoom = "Commands";

    // The folder of the values that every cloud has; those of the clouds are in folders of it. In the module, it has
    // the bases of the commands of one cloud.
    private const string ProvidersRoom = "Providers";

    private static readonly string[] Built = ["bin", "obj"];

    // Comments may cite a vendor's page.
    private static readonly Regex Comment = new(@"^\s*//.*$|(?<=\s)// .*$", RegexOptions.Multiline);

    private static readonly Regex Example = new("<example.*?</example>", RegexOptions.Singleline);

    public static TheoryData<string> Files =>
    [
        .. Rooms(Core).Except([ProvidersRoom]).SelectMany(room => Find(SearchOption.AllDirectories, Core, room)),
        .. Find(SearchOption.TopDirectoryOnly, Core, ProvidersRoom),
        .. Rooms(Module).Except([ProvidersRoom, CommandsRoom]).SelectMany(
            room => Find(SearchOption.AllDirectories, Module, room)),
        .. Find(SearchOption.AllDirectories, Module, CommandsRoom).Where(file => !IsOfCloud(file)),
        .. Rooms(Documentation).SelectMany(room => Find(SearchOption.AllDirectories, Documentation, room)),
        .. Find(SearchOption.TopDirectoryOnly, Documentation),
    ];

    public static TheoryData<string> Help =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src", Module, HelpRoom), "*.xml")
            .Select(file => Path.GetFileName(file)).Where(file => !IsOfCloud(file.Split('.')[0], ""))
            .Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Files))]
    public void A_neutral_room_names_no_cloud_and_no_service_of_one(string file)
    {
        string code = Comment.Replace(File.ReadAllText(Path.Combine(Checkout.Root, file)), "");

        Assert.DoesNotContain(Words, word => Regex.IsMatch(code, word));
    }

    // Keys and names of commands are values that a user types, and stand for those of any cloud. An example has one.
    [Theory, MemberData(nameof(Help))]
    public void Help_of_several_clouds_names_none_and_no_service_of_one(string file)
    {
        string help = Example.Replace(
            File.ReadAllText(Path.Combine(Checkout.Root, "src", Module, HelpRoom, file)), "");

        Assert.DoesNotContain(
            Clouds.Registry.Providers.Select(provider => Regex.Escape(provider.Name)).Concat(Acronyms),
            word => Regex.IsMatch(help, word));
    }

    // What the registry names, as code and sentences spell it: the cloud, and the prefix of a service's types.
    private static IEnumerable<string> Words => Clouds.Registry.Providers
        .SelectMany(
            provider =>
                new[] { Regex.Escape(provider.Key), Regex.Escape(provider.Name), provider.Key.Split("Cloud")[0] })
        // The name of an engine, such as that of SQL Server, is everyone's.
        .Concat(Clouds.Registry.LinkKinds.All
            .Where(kind => kind.Service.Name.Length == 3
                || !kind.Service.Name.StartsWith(kind.Type.Name[..3], StringComparison.Ordinal))
            .Select(kind => kind.Type.Name).Where(name => char.IsUpper(name[3]))
            .Select(name => $@"\b{name[..3]}(?=[A-Z]|\b)"))
        .Concat(Acronyms).Distinct();

    // Of services, and of those that they need: accounts and stores.
    private static IEnumerable<string> Acronyms => Clouds.Registry.Services.Where(service => service.Name.Length == 3)
        .Select(service => service.Name.ToUpperInvariant()).Append("IAM").Append("OBS").Append("OSS").Append("COS")
        .Select(name => $@"\b{name}\b").Distinct();

    private static IEnumerable<string> Rooms(string project) =>
        Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "src", project))
            .Select(folder => Path.GetFileName(folder)).Except(Built).Order(StringComparer.Ordinal);

    // A command that is named by a service, or whose base is one of the commands of a cloud.
    private static bool IsOfCloud(string file) =>
        IsOfCloud(Path.GetFileName(file), File.ReadAllText(Path.Combine(Checkout.Root, file)));

    private static bool IsOfCloud(string name, string code)
    {
        var services = Clouds.Registry.Services.SelectMany(service => service.OtherNames.Append(service.Name));
        string noun = Regex.Replace(name, "^[A-Z][a-z]+-?", "");
        return Clouds.Registry.Providers.Any(provider => provider.Key == name)
            || services.Any(service => noun.StartsWith(service, StringComparison.Ordinal))
            || Find(SearchOption.TopDirectoryOnly, Module, ProvidersRoom).Any(
                shared => code.Contains($" : {Path.GetFileNameWithoutExtension(shared)}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Find(SearchOption option, params string[] folder)
    {
        string path = Path.Combine([Checkout.Root, "src", .. folder]);
        return Directory.EnumerateFiles(path, "*.cs", option).Select(file => Path.GetRelativePath(Checkout.Root, file))
            .Order(StringComparer.Ordinal);
    }
}
