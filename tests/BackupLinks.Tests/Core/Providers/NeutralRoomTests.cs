using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Core.Providers;

/// <summary>
/// Only a cloud's own rooms, its named commands and the registry name it: a new cloud changes no other code.
/// </summary>
public sealed class NeutralRoomTests
{
    private static readonly string[] CoreRooms =
    [
        "Http", "Links", "Credentials", "Transfer", "Discovery", "Manifests", "Formats", "Catalog", "Files", "Json",
        "Text", "Time",
        "Errors",
    ];

    // The folder of the values that every cloud has; those of the clouds are in folders of it.
    private const string ProvidersRoom = "Providers";

    private static readonly string[] ModuleRooms =
    [
        "Completion", "Concurrency", "Formatting", "FrontDoor", "Links", "Parameters", "Secrets", "Sessions", "Shims",
    ];

    // Comments may cite a vendor's page.
    private static readonly Regex Comment = new(@"^\s*//.*$|(?<=\s)// .*$", RegexOptions.Multiline);

    public static TheoryData<string> Files =>
    [
        .. CoreRooms.SelectMany(room => Find(SearchOption.AllDirectories, "BackupLinks.Core", room)),
        .. Find(SearchOption.TopDirectoryOnly, "BackupLinks.Core", ProvidersRoom),
        .. ModuleRooms.SelectMany(room => Find(SearchOption.AllDirectories, "BackupLinks", room)),
        .. Find(SearchOption.TopDirectoryOnly, "BackupLinks", "Commands").Where(
            file => !Path.GetFileName(file).StartsWith("Get", StringComparison.Ordinal)),
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

    private static IEnumerable<string> Find(SearchOption option, params string[] folder)
    {
        string path = Path.Combine([Checkout.Root, "src", .. folder]);
        return Directory.EnumerateFiles(path, "*.cs", option).Select(file => Path.GetRelativePath(Checkout.Root, file))
            .Order(StringComparer.Ordinal);
    }
}
