using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackupLinks.Errors;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>Keeps the texts in Chinese from drifting apart from those in English.</summary>
public sealed class TranslationTests : IDisposable
{
    private const int Columns = 79;

    // In a shell whose user reads Chinese; the thread may serve other tests afterwards.
    private const string InChinese =
        "$before = [cultureinfo]::CurrentUICulture; try { [cultureinfo]::CurrentUICulture = 'zh-CN'; "
        + "Get-Help $args[0] } finally { [cultureinfo]::CurrentUICulture = $before }";

    private readonly ModuleHost _module = new();

    public static TheoryData<string> Topics => ["about_BackupLinks", "about_BackupLinks_Runbooks"];

    public void Dispose() => _module.Dispose();

    [Fact]
    public void Readme_has_the_headings_of_the_English_one_and_its_commands()
    {
        string english = ReadReadme("README.md");
        string chinese = ReadReadme("README.zh-CN.md");

        Assert.Equal(HeadingLevels(english), HeadingLevels(chinese));
        Assert.Equal(FencedBlocks(english), FencedBlocks(chinese));
        Assert.Equal(LinkedFiles(english), LinkedFiles(chinese));
        Assert.All(Enum.GetNames<ErrorKind>(), id => Assert.Contains($"`{id}`", chinese));
    }

    [Fact]
    public void Readme_links_to_headings_that_it_has()
    {
        string chinese = ReadReadme("README.zh-CN.md");
        var headings = Regex.Matches(chinese, "^#+ (.+)$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value.Replace(' ', '-')).ToHashSet();

        Assert.All(
            Regex.Matches(chinese, @"\]\(#([^)]+)\)"), match => Assert.Contains(match.Groups[1].Value, headings));
    }

    [Theory, MemberData(nameof(Topics))]
    public void Topic_is_found_in_a_shell_in_Chinese_and_fits_a_screen_of_80_columns(string topic)
    {
        var result = _module.Run(InChinese, topic);

        Assert.Empty(result.Errors);
        string text = Assert.Single(result.Output).ToString();
        Assert.Equal(ReadTopic("zh-CN", topic), text.ReplaceLineEndings("\n"));
        Assert.All(text.Split('\n'), line => Assert.True(Width(line.TrimEnd()) <= Columns, line));
        // Get-Help about_* shows the fifth line.
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Split('\n')[4]);
    }

    [Theory, MemberData(nameof(Topics))]
    public void Topic_has_the_headings_of_the_English_one_and_its_commands(string topic)
    {
        string english = ReadTopic("en-US", topic);
        string chinese = ReadTopic("zh-CN", topic);

        Assert.Equal(TopicHeadings(english).Select(Indent), TopicHeadings(chinese).Select(Indent));
        Assert.Equal(TopicCode(english), TopicCode(chinese));
        Assert.Equal(Terms(english), Terms(chinese));
    }

    [Fact]
    public void Help_of_a_command_is_in_English_where_it_has_no_translation()
    {
        string english = _module.Run("(Get-Help $args[0]).Synopsis", "Get-DcsBackupLink").Output.Single().ToString();

        var help = Assert.Single(_module.Run(InChinese, "Get-DcsBackupLink").Output);

        Assert.Equal(english, help.Properties["Synopsis"].Value.ToString());
        Assert.NotEmpty(english);
    }

    private static string ReadReadme(string name) =>
        File.ReadAllText(Path.Combine(Checkout.Root, name)).ReplaceLineEndings("\n");

    private static string ReadTopic(string language, string topic) =>
        File.ReadAllText(Path.Combine(ModuleHost.StageFolder, language, topic + ".help.txt")).ReplaceLineEndings("\n");

    private static IEnumerable<int> HeadingLevels(string text) => Regex
        .Matches(Regex.Replace(text, "^```.*?^```", "", RegexOptions.Multiline | RegexOptions.Singleline), "^(#+) ",
            RegexOptions.Multiline)
        .Select(match => match.Groups[1].Length);

    private static IEnumerable<string> FencedBlocks(string text) => Regex
        .Matches(text, "^```(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
        .Select(match => WithoutComments(match.Groups[1].Value));

    // Whatever the language, a comment is for people.
    private static string WithoutComments(string code) =>
        Regex.Replace(code, @"(?:^|(?<=\s))\s*# .*$", "", RegexOptions.Multiline).Replace(" \n", "\n");

    // But for each other.
    private static IEnumerable<string> LinkedFiles(string text) => Regex.Matches(text, @"\]\(([^#)][^)#]*)\)")
        .Select(match => match.Groups[1].Value).Where(file => !file.StartsWith("README.", StringComparison.Ordinal))
        .Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> TopicHeadings(string text) =>
        text.Split('\n').Where(line => line.Length > 0 && Indent(line) is 0 or 2 && line.Trim().Length > 0);

    // A block of code begins with a command, a variable or a text; a table has its second column far away.
    private static IEnumerable<string> TopicCode(string text) => Regex
        .Matches(text, @"(?:^ {8}.*\n|^\n(?= {8}))+", RegexOptions.Multiline)
        .Select(match => WithoutComments(match.Value.Trim('\n')))
        .Where(block => Regex.IsMatch(block, @"^ {8}(?:[$']|#Req|\w+-\w+(?: \S|$)|[a-z]+(?:\.ps1)? )"));

    // The first column of the tables: words of the module.
    private static IEnumerable<string> Terms(string text) => Regex
        .Matches(text, @"^ {4,8}([A-Z][\w-]+)(?: {2,}\S|$)", RegexOptions.Multiline)
        .Select(match => match.Groups[1].Value);

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static int Width(string line) => line.Sum(character => character >= 0x2E80 ? 2 : 1);
}
