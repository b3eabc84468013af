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
    private const string CommandsRoom = "Commands";

    // The folder of the values that every cloud has; those of the clouds are in folders of it. In the module, it has
    // the bases of the commands of one cloud.
    private const string ProvidersRoom = "Providers";

    private static readonly string[] Built = ["bin", "obj"];

    // Comments may cite a vendor's page.
    private static readonly Regex Comment = new(@"^\s*//.*$|(?<=\s)// .*$", RegexOptions.Multiline);

    public static TheoryData<string> Files =>
    [
        .. Rooms(Core).Except([ProvidersRoom]).SelectMany(room => Find(SearchOption.AllDirectories, Core, room)),
        .. Find(SearchOption.TopDirectoryOnly, Core, ProvidersRoom),
        .. Rooms(Module).Except([ProvidersRoom, CommandsRoom]).SelectMany(
            room => Find(SearchOption.AllDirectories, Module, room)),
        .. Find(SearchOption.AllDirectories, Module, CommandsRoom).Where(file => !IsOfCloud(file)),
    ];

    [Theory, MemberData(nameof(Files))]
    public void A_neutral_room_names_no_cloud_and_no_service_of_one(string file)
    {
        string code = Comment.Replace(File.ReadAllText(Path.Combine(Checkout.Root, file)), "");

        Assert.DoesNotContain(Words, word => Regex.IsMatch(code, word));
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
        .Concat(Clouds.Registry.Services.Where(service => service.Name.Length == 3).Select(
            service => $@"\b{service.Name.ToUpperInvariant()}\b"))
        .Append(@"\bIAM\b").Append(@"\bOBS\b").Distinct();

    private static IEnumerable<string> Rooms(string project) =>
        Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "src", project))
            .Select(folder => Path.GetFileName(folder)).Except(Built).Order(StringComparer.Ordinal);

    // A command that is named by a service, or whose base is one of the commands of a cloud.
    private static bool IsOfCloud(string file)
    {
        var services = Clouds.Registry.Services.SelectMany(service => service.OtherNames.Append(service.Name));
        string noun = Regex.Replace(Path.GetFileName(file), "^[A-Z][a-z]+", "");
        string code = File.ReadAllText(Path.Combine(Checkout.Root, file));
        return services.Any(name => noun.StartsWith(name, StringComparison.Ordinal))
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
