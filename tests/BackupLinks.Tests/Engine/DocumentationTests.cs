using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;
using BackupLinks.Cmdlets;
using BackupLinks.Documentation;
using BackupLinks.Documentation.Help;
using BackupLinks.Documentation.Views;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.Sandbox;

namespace BackupLinks.Tests.Engine;

/// <summary>What the build writes from the compiled module and the prose, and what it refuses.</summary>
public sealed class DocumentationTests : IDisposable
{
    private static readonly ModuleFacts Facts = new(typeof(GetDcsBackupLinkCommand).Assembly);

    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
    private readonly ErrorList _errors = new();

    private static string Sources => Path.Combine(Checkout.Root, "src", "BackupLinks");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_that_ship_are_written_from_these_sources()
    {
        var views = ReadViews();
        var prose = HelpSources.Read(Path.Combine(Sources, "en-US"), _errors);
        var help = new HelpWriter(Facts, prose, views, _errors).Write();
        var format = new FormatWriter(Facts, views).Write();
        var types = TypesWriter.Write(Path.Combine(Sources, "BackupLinks.Types.ps1xml"), Facts);

        Assert.Empty(_errors.Lines);
        AssertShipped(help, "en-US/BackupLinks.dll-Help.xml");
        AssertShipped(format, "bin/BackupLinks.Format.ps1xml");
        AssertShipped(types, "bin/BackupLinks.Types.ps1xml");
    }

    [Fact]
    public void Facts_of_a_command_are_those_of_the_engine()
    {
        using var host = new ModuleHost();
        foreach (var facts in Facts.Commands)
        {
            const string Script = "$info = Get-Command $args[0]; $null = $info.Parameters.Count; $info";
            var info = host.Run(Script, facts.Name).Single<CmdletInfo>();

            Assert.Equal(
                info.Parameters.Keys.Except(Cmdlet.CommonParameters).Order(),
                facts.Parameters.Select(parameter => parameter.Name).Order());
            foreach (var parameter in facts.Parameters)
            {
                var set = info.Parameters[parameter.Name].ParameterSets[parameter.Set];
                Assert.Equal(set.IsMandatory, parameter.IsRequired);
                Assert.Equal(Math.Max(set.Position, -1), parameter.Position ?? -1);
                Assert.Equal(set.ValueFromPipeline, parameter.PipelineInput.Contains("ByValue"));
                Assert.Equal(set.ValueFromPipelineByPropertyName, parameter.PipelineInput.Contains("ByPropertyName"));
                Assert.Equal(info.Parameters[parameter.Name].Aliases, parameter.Aliases);
            }
        }
    }

    [Theory]
    [InlineData("Get-DcsBackupLink", "InstanceId", "None", "")]
    [InlineData("Get-DcsBackupLink", "Expiration", "3600", "")]
    [InlineData("Get-DcsBackupLink", "ApiVersion", "v2", "v2, v1.0")]
    [InlineData("Get-CdsBackupDownload", "Network", "Public", "Public, Intranet")]
    [InlineData("Get-DcsBackup", "Latest", "False", "")]
    [InlineData("Save-BackupFile", "SegmentCount", "None", "")]
    [InlineData("Save-BackupFile", "BandwidthLimit", "None", "")]
    [InlineData("Save-BackupFile", "WhatIf", "False", "")]
    public void Default_and_accepted_values_are_those_of_the_property(
        string command, string name, string value, string choices)
    {
        var facts = Facts.Commands.Single(facts => facts.Name == command);
        var parameter = facts.Parameters.Single(parameter => parameter.Name == name);

        Assert.Equal(value, parameter.Default ?? "None");
        Assert.Equal(choices, string.Join(", ", parameter.Choices));
    }

    [Fact]
    public void Syntax_has_positions_first_and_one_line_for_each_parameter_set()
    {
        var save = Facts.Commands.Single(command => command.Name == "Save-BackupFile");

        Assert.Equal(["Link", "Uri"], save.ParameterSets);
        Assert.Equal(["InputObject", "Destination"], save.SyntaxOf("Link").Take(2).Select(parameter => parameter.Name));
        Assert.Equal(["Destination", "Uri"], save.SyntaxOf("Uri").Take(2).Select(parameter => parameter.Name));
        Assert.DoesNotContain(save.SyntaxOf("Uri"), parameter => parameter.Name == "InputObject");
    }

    [Fact]
    public void Parameter_without_a_text_fails_the_build_and_says_where_to_write_it()
    {
        WriteHelp("""<command><parameters><parameter name="Name"><p>A.</p></parameter></parameters></command>""");

        AssertError("Get-DcsInstance has a parameter -Region without a text; write <parameter name=\"Region\"> here");
        AssertError(" or HuaweiCloud.shared.xml or ");
        AssertError(" or ProviderCommand.shared.xml or NetworkCommand.shared.xml or ");
    }

    [Fact]
    public void Text_of_a_parameter_that_does_not_exist_fails_the_build()
    {
        WriteHelp("""<command><parameters><parameter name="Namee"><p>A.</p></parameter></parameters></command>""");

        AssertError("Get-DcsInstance has no parameter -Namee;");
    }

    [Fact]
    public void Shared_text_serves_the_commands_of_its_cloud_or_class_and_must_serve_one()
    {
        WriteHelp("<command/>");
        WriteShared(
            "HuaweiCloud",
            """
            <shared>
              <parameters>
                <parameter name="Region"><p>The region.</p></parameter>
                <parameter name="Zone"><p>The zone.</p></parameter>
              </parameters>
            </shared>
            """);
        WriteShared(
            "NetworkCommand",
            """<shared><parameters><parameter name="Proxy"><p>The proxy.</p></parameter></parameters></shared>""");
        WriteShared("Nothing", "<shared/>");

        AssertError("No command that uses this source has a parameter -Zone;");
        AssertError("No command uses this source;");
        Assert.DoesNotContain(
            _errors.Lines, line => line.Contains("parameter -Region") || line.Contains("parameter -Proxy "));
    }

    [Fact]
    public void Term_of_a_shared_text_stands_for_what_the_command_says()
    {
        WriteHelp("""<command><term name="thing">instances</term><synopsis>S.</synopsis></command>""");
        WriteShared(
            "ProviderCommand",
            """
            <shared>
              <term name="thing">things</term>
              <description><p>Lists <term name="thing"/>, not <term name="other"/>.</p></description>
            </shared>
            """);

        var help = WriteHelp().Descendants().Where(element => element.Name.LocalName == "para");

        Assert.Contains("Lists instances, not .", help.Select(element => element.Value));
        AssertError("has a text for the term 'other';");
    }

    [Fact]
    public void Default_and_range_of_a_parameter_are_those_of_its_property()
    {
        WriteHelp("""
            <command>
              <description><p>In <range/>.</p></description>
              <parameters>
                <parameter name="TimeoutSec"><p>Seconds, <range/>. When omitted, <default/>.</p></parameter>
                <parameter name="Region"><p>Within <range/>. When omitted, <default/>.</p></parameter>
              </parameters>
            </command>
            """);

        var help = WriteHelp().Descendants().Where(element => element.Name.LocalName == "para");

        Assert.Contains("Seconds, 0 to 86400. When omitted, 30.", help.Select(element => element.Value));
        AssertError("This text has no range;");
        AssertError("The parameter -Region of Get-DcsInstance has no range;");
        AssertError("The parameter -Region of Get-DcsInstance has no default;");
    }

    [Fact]
    public void Words_of_a_parameter_are_those_of_its_service_also_in_a_term()
    {
        WriteHelp("""
            <command>
              <term name="engines"><words/>, or any other</term>
              <parameters>
                <parameter name="Engine"><p>One of <term name="engines"/>.</p></parameter>
                <parameter name="Region"><p>One of <words/>.</p></parameter>
              </parameters>
            </command>
            """);

        var help = WriteHelp().Descendants().Where(element => element.Name.LocalName == "para");

        Assert.Contains("One of Redis, Memcached, or any other.", help.Select(element => element.Value));
        AssertError("The parameter -Region of Get-DcsInstance has no words;");
    }

    [Fact]
    public void Command_without_help_and_help_without_a_command_fail_the_build()
    {
        WriteSource("Get-Nothing.help.xml", "<command/>");

        WriteHelp();

        AssertError("Get-DcsInstance has no help;");
        AssertError("There is no command Get-Nothing;");
    }

    [Theory]
    [InlineData("""<column name="Uri">Text(Uri)</column>""", "Uri is an address, which may have a signature;")]
    [InlineData("""<column name="Name"/>""", "'Name' is not a property of BackupLinks.Links.DownloadLink")]
    [InlineData("""<column name="Size">$_.Size</column>""", "'$_.Size' is not a call of a function of Display")]
    [InlineData("""<column name="Size">Bytes(Size)</column>""", "Display has no function Bytes of 1 values")]
    public void Column_that_cannot_be_right_fails_the_build(string column, string error) =>
        AssertViewError($"""<table of="BackupLinks.Links.DownloadLink">{column}</table>""", error);

    [Theory]
    [InlineData("""<table of="BackupLinks.Links.Nothing"/>""", "There is no type 'BackupLinks.Links.Nothing'")]
    [InlineData("""<list of="BackupLinks.Links.DownloadLink"><item name="No"/></list>""", "No type of this list")]
    [InlineData("", "BackupLinks.HuaweiCloud.Dcs.DcsInstance is the output of a command and has no table;")]
    public void View_that_cannot_be_right_fails_the_build(string view, string error) => AssertViewError(view, error);

    [Fact]
    public void List_has_every_property_and_addresses_without_signature()
    {
        var views = ReadViews();

        Assert.Contains(typeof(DcsBackupLink), views.Listed);
        foreach (var type in views.Listed)
        {
            var list = views.ListOf(type);
            string[] properties = [.. type.GetProperties().Select(property => property.Name)];
            Assert.Equal(properties.Order(), list.Select(item => item.Label).Order());
            Assert.All(
                list.Where(item => type.GetProperty(item.Label)!.PropertyType == typeof(Uri)),
                item => Assert.Equal("Address", item.Call.Function));
        }
    }

    private ViewSource ReadViews() => ViewSource.Read(Path.Combine(Sources, "Formatting", "Views.xml"), Facts, _errors);

    private void WriteHelp(string source) => WriteSource("Get-DcsInstance.help.xml", source);

    private void WriteShared(string name, string source) => WriteSource(name + ".shared.xml", source);

    private void WriteSource(string name, string source) => File.WriteAllText(Path.Combine(_folder, name), source);

    private XDocument WriteHelp() =>
        new HelpWriter(Facts, HelpSources.Read(_folder, _errors), ReadViews(), _errors).Write();

    private void AssertViewError(string views, string error)
    {
        string path = Path.Combine(_folder, "Views.xml");
        File.WriteAllText(path, $"<views>{views}</views>");

        new FormatWriter(Facts, ViewSource.Read(path, Facts, _errors)).Write();

        AssertError(error);
    }

    private void AssertError(string text)
    {
        if (_errors.Count == 0)
            WriteHelp();
        Assert.Contains(_errors.Lines, line => line.Contains(text));
        Assert.All(_errors.Lines, line => Assert.Matches(@"\.xml\(\d+\): error DOC001: ", line));
    }

    private void AssertShipped(XDocument document, string name)
    {
        string path = Path.Combine(_folder, "written.xml");
        XmlFile.Save(document, path);
        Assert.Equal(File.ReadAllBytes(Path.Combine(ModuleHost.StageFolder, name)), File.ReadAllBytes(path));
    }
}
