using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Architecture;

/// <summary>Namespaces use only those below them, in the order that CONTRIBUTING.md draws.</summary>
public sealed class NamespaceTests
{
    public static TheoryData<string> Assemblies => ["BackupLinks.Core", "BackupLinks"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_namespace_uses_only_those_that_are_drawn_below_it(string name)
    {
        var levels = ReadLevels(name);
        var uses = AssemblyReferences.Read(Load(name));

        // What the compiler adds for an older framework is in namespaces of the framework.
        var upwards = uses.Where(use => IsOurs(use.Key.From) && IsOurs(use.Key.To))
            .Where(use => Room(use.Key.From) != Room(use.Key.To))
            .Where(use => levels.GetValueOrDefault(Room(use.Key.To)) >= levels.GetValueOrDefault(Room(use.Key.From)))
            .Select(use => $"{use.Key.From} uses {use.Key.To}: {use.Value}").Order();

        Assert.True(!upwards.Any(), string.Join('\n', upwards));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_drawing_has_every_namespace_and_no_other(string name) =>
        Assert.Equal(
            Load(name).GetTypes().Where(type => type.DeclaringType is null).Select(type => type.Namespace)
                .Where(IsOurs).Select(space => Room(space!)).Distinct().Order(),
            ReadLevels(name).Keys.Order());

    [Fact]
    public void A_use_in_the_body_of_a_method_is_found() =>
        Assert.Contains(
            AssemblyReferences.Read(typeof(ErrorKind).Assembly).Keys,
            use => use == ("BackupLinks.Links", "BackupLinks.Text"));

    private static Assembly Load(string name) =>
        name == "BackupLinks" ? typeof(LinkReader).Assembly : typeof(ErrorKind).Assembly;

    private static bool IsOurs(string? space) => space?.StartsWith("BackupLinks", StringComparison.Ordinal) == true;

    // The namespaces of one cloud are one room: a cloud is a folder.
    private static string Room(string space) => string.Join('.', space.Split('.').Take(2));

    // The block below the heading of the assembly: one line for each level, from above; without the first part.
    private static Dictionary<string, int> ReadLevels(string assembly)
    {
        string text = File.ReadAllText(Path.Combine(Checkout.Root, "CONTRIBUTING.md"));
        var block = Regex.Match(text, $@"`{Regex.Escape(assembly)}`:\s+```text\n(.*?)```", RegexOptions.Singleline);
        Assert.True(block.Success, $"CONTRIBUTING.md does not draw the namespaces of {assembly}.");
        string[] lines = block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.SelectMany((line, index) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(space =>
                    (Space: space == "BackupLinks" ? space : $"BackupLinks.{space}", Level: lines.Length - index)))
            .ToDictionary(each => each.Space, each => each.Level);
    }
}
