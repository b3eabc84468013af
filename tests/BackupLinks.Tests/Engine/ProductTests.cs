using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Retention;
using BackupLinks.Catalog.Status;
using BackupLinks.Cmdlets;
using BackupLinks.Discovery;
using BackupLinks.Formats;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Providers;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Tests.Core.Catalog;
using BackupLinks.Transfer;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>The module as something that people install and look at.</summary>
public sealed class ProductTests : SandboxTest
{
    private static readonly string EveryLink =
        $"$links = @({string.Join("; ", LinkCommand.All.Select(command => command.Call))})\n";

    private static readonly Type[] ListedTypes =
    [
        typeof(DcsInstance), typeof(DcsBackup), typeof(DcsLog), typeof(RdsInstance), typeof(RdsBackup),
        typeof(CdsInstance), typeof(CdsBackup),
        typeof(BackupServiceInfo), typeof(CloudInstance), typeof(CloudBackup), typeof(CloudLog), typeof(InstanceStatus),
        typeof(RetentionDecision), typeof(BackupFile),
    ];

    [Fact]
    public void Build_under_test_is_the_one_that_this_project_is_for()
    {
        var framework =
            typeof(GetDcsBackupLinkCommand).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;
        var loaded = (Type)Module.Run("(Get-Command Get-DcsBackupLink).ImplementingType").Output.Single().BaseObject;

        Assert.Equal(
            ModuleHost.ModuleFramework == "net8.0" ? ".NETCoreApp,Version=v8.0" : ".NETStandard,Version=v2.0",
            framework);
        Assert.Same(typeof(GetDcsBackupLinkCommand), loaded);
    }

    [Fact]
    public void Manifest_is_valid_and_exports_the_cmdlets_by_name()
    {
        var module = Module.Run("Test-ModuleManifest $args[0]", ModuleHost.ManifestPath);

        Assert.Empty(module.Errors);
        var info = (PSModuleInfo)Assert.Single(module.Output).BaseObject;
        Assert.Equal(
            typeof(GetDcsBackupLinkCommand).Assembly.GetTypes().Select(
                type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>()
                .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}").Order(StringComparer.Ordinal),
            info.ExportedCmdlets.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(typeof(GetDcsBackupLinkCommand).Assembly.GetName().Version!.ToString(3), info.Version.ToString());
        Assert.Equal(ModuleHost.ModuleVersion, info.Version.ToString());
        Assert.NotEmpty(info.Description);
        Assert.NotNull(info.LicenseUri);
        Assert.Contains("PSEdition_Desktop", info.Tags);
    }

    [Fact]
    public void Every_cmdlet_declares_what_it_gives()
    {
        foreach (var type in typeof(GetDcsBackupLinkCommand).Assembly.GetTypes().Where(
            type => type.GetCustomAttribute<CmdletAttribute>() is not null))
        {
            var output = Assert.Single(type.GetCustomAttribute<OutputTypeAttribute>()!.Type);
            Assert.True(
                typeof(DownloadLink).IsAssignableFrom(output.Type) || output.Type == typeof(SavedBackupFile)
                    || output.Type == typeof(ImportedLink) || output.Type == typeof(BackupFileReport)
                    || output.Type == typeof(void) || ListedTypes.Contains(output.Type), type.Name);
            Assert.True(type.IsSealed, type.Name);
        }
    }

    [Theory]
    [InlineData("Get-DcsBackupLink -Region cn-no", "cn-north-1,cn-north-12,cn-north-2,cn-north-4,cn-north-9")]
    [InlineData(
        "BackupLinks\\Get-RdsInstance -Region cn-no",
        "cn-north-1,cn-north-11,cn-north-12,cn-north-2,cn-north-4,cn-north-9")]
    [InlineData("Get-RdsBackupFile -Region tr", "tr-west-1")]
    [InlineData("Get-DcsBackupLink -ApiVersion ", "v1.0,v2")]
    [InlineData("Get-CdsBackupDownload -Network ", "Intranet,Public")]
    [InlineData("Get-DcsBackup -Type ", "auto,manual")]
    [InlineData("Export-BackupLink links -Format ", "Aria2,Curl,Jsonl,Metalink")]
    [InlineData("Export-BackupReport x -Format ", "Html,Json,Prometheus,Sha256Sums")]
    [InlineData("Test-BackupFile x -Format X", "Xbstream,Xz")]
    [InlineData("Test-BackupFile x -Depth ", "Container,Contents")]
    [InlineData("Get-BackupFile x -Type I", "Incremental,IncrementalBackup,increment")]
    [InlineData("Get-BackupFile x -State M", "Missing")]
    [InlineData("Get-BackupFile x -Service Rd", "AlibabaCloud.Rds,HuaweiCloud.Rds")]
    [InlineData("Remove-BackupFile x -GroupBy ", "Instance,Type")]
    [InlineData("Get-DcsBackup -Status e", "expired")]
    [InlineData("Get-DcsInstance -Region tr", "tr-west-1")]
    [InlineData("Get-RdsBackup -Type ", "auto,fragment,incremental,manual")]
    [InlineData("Get-RdsInstance -Engine m", "MariaDB,MySQL")]
    [InlineData("Get-CdsBackup -Type ", "auto,full-backup,manual")]
    [InlineData("Get-DcsLogLink -Vault ", "'Second vault',First")]
    [InlineData("Get-DcsLogLink -SecretName ", "'It''s mine',HuaweiCloud,Other")]
    [InlineData("Get-DcsLogLink -Vault First -SecretName ", "HuaweiCloud")]
    public void Tab_offers_what_can_be_known(string line, string expected)
    {
        Module.AddVault("First", new() { ["HuaweiCloud"] = "x" });
        Module.AddVault("Second vault", new() { ["Other"] = "x", ["It's mine"] = "x" });

        Assert.Equal(expected, Complete(line));
    }

    [Fact]
    public void Tab_offers_the_time_zones_of_this_system()
    {
        string id = TestZone.IdOf("Europe/Berlin");

        Assert.Equal($"'{id}'", Complete($"Remove-BackupFile x -TimeZone '{id[..^1]}"));
    }

    [Fact]
    public void Link_from_Export_Clixml_is_shown_with_its_time_left()
    {
        // Export-Clixml goes two levels deep, where a DateTimeOffset is a bag of properties.
        var copies = GetEveryLink().Select(link => PSSerializer.Deserialize(PSSerializer.Serialize(link, 2))).ToArray();

        Module.Run("param($links) $links | ForEach-Object { $_ | Out-Default }", [copies]);

        Assert.Matches("5[0-9] min|1 h 0 min", Module.Screen);
    }

    [Fact]
    public void Table_shows_sizes_and_time_left_and_no_signature()
    {
        var links = GetEveryLink();
        Run(EveryLink + "$links | ForEach-Object { $_ | Out-Default }; Get-RdsBackupFile @h gone 2>&1 | Out-Default");

        Assert.All(links, link => Assert.Contains(link.FileName, Module.Screen));
        Assert.Contains("2.7 MiB", Module.Screen);
        Assert.Matches("5[0-9] min|1 h 0 min", Module.Screen);
        Assert.Contains("Get-RdsBackupFile: ", Module.Screen);
        Assert.DoesNotContain("Signature", Module.Screen);
        Assert.DoesNotContain("AccessKeyId", Module.Screen);
    }

    // In one output, PowerShell shows what comes after another kind of object without its view.
    [Fact]
    public void Links_of_several_kinds_in_one_output_are_shown_without_their_signatures()
    {
        var links = GetEveryLink();
        var copies = links.Select(link => PSSerializer.Deserialize(PSSerializer.Serialize(link))).ToArray();
        foreach (var shown in new object[][] { links, copies })
        {
            int before = Module.Screen.Length;

            Module.Run("param($links) @([version]'1.2') + $links | Out-Default", [shown]);
            Module.Run("param($links) $links[($links.Count - 1)..0] | Out-Default", [shown]);

            string screen = Module.Screen[before..];
            Assert.All(links, link => Assert.Contains(link.FileName, screen));
            Assert.DoesNotContain("Signature", screen);
            Assert.DoesNotContain("AccessKeyId", screen);
        }
    }

    [Fact]
    public void Link_back_from_CliXml_is_shown_without_its_signature_too()
    {
        var links = GetEveryLink();
        var copies = links.Select(link => PSSerializer.Deserialize(PSSerializer.Serialize(link))).ToArray();

        Module.Run("param($links) $links | ForEach-Object { $_ | Out-Default }", [copies]);

        Assert.All(links, link => Assert.Contains(link.FileName, Module.Screen));
        Assert.Matches("5[0-9] min|1 h 0 min", Module.Screen);
        Assert.DoesNotContain("Signature", Module.Screen);
    }

    [Fact]
    public void Saved_files_are_shown_by_folder_and_with_their_whole_names_also_back_from_CliXml()
    {
        string folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
        string longName = new string('x', 150) + ".rdb";
        try
        {
            var saved = Run(
                $$"""
                $link = Get-DcsBackupLink @h {{DcsInstanceId}} {{DcsSingleBackupId}}
                $link | Save-BackupFile -Destination '{{folder}}'
                Save-BackupFile -Uri $link.Uri -FileName {{longName}} -Destination '{{folder}}'
                """).Output;
            Assert.Equal(2, saved.Count);
            foreach (var files in new[] { saved,
            [.. saved.Select(file => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(file)))] })
            {
                int before = Module.Screen.Length;

                Module.Run("param($files) $files | Out-Default", [files]);

                string screen = Module.Screen[before..];
                Assert.Contains($"Directory: {folder}{Environment.NewLine}", screen);
                Assert.Matches(@"(?m)^5c597ce5-9823-48aa-b Saved +256\.0 KiB 20190924204307_redis\.rdb\s*$", screen);
                Assert.Contains(longName, string.Concat(screen.Where(character => !char.IsWhiteSpace(character))));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Present", false)]
    [InlineData("Unknown", false)]
    [InlineData("Intact", false)]
    [InlineData("Unsupported", false)]
    [InlineData("Unreadable", true)]
    [InlineData("Missing", true)]
    [InlineData("Changed", true)]
    [InlineData("Damaged", true)]
    public void State_of_a_file_is_in_the_colour_of_an_error_where_it_is_one(string state, bool isError) =>
        Assert.Equal(
            isError,
            Module.Run($"[BackupLinks.Formatting.Display]::Verdict('{state}', '{state}')").Output[0].ToString()
                .Contains('\u001b'));

    [Theory]
    [InlineData("[DateTimeOffset]::UtcNow.AddHours(1)", null)]
    [InlineData("[DateTimeOffset]::UtcNow.AddMinutes(4)", "Warning")]
    [InlineData("[DateTimeOffset]::UtcNow.AddMinutes(-1)", "Error")]
    public void Time_left_is_in_the_colours_of_the_shell_where_it_is_short_or_over(string time, string? colour)
    {
        var result = Module.Run(
            $"[BackupLinks.Formatting.Display]::TimeLeft({time}, $null); $PSStyle.Formatting.Warning; "
                + "$PSStyle.Formatting.Error; $PSStyle.Reset");

        string[] texts = [.. result.Output.Select(item => item.ToString())];
        string shown = colour switch { "Warning" => texts[1], "Error" => texts[2], _ => "" };
        Assert.StartsWith(shown, texts[0]);
        Assert.Equal(
            colour is not null, texts[0].Contains('\u001b') && texts[0].EndsWith(texts[3], StringComparison.Ordinal));
    }

    [Fact]
    public void No_view_shows_an_address_with_its_signature()
    {
        var views = XDocument.Load(Path.Combine(ModuleHost.StageFolder, "bin", "BackupLinks.Format.ps1xml"))
            .Descendants(
            "View");
        string[] addresses =
            [.. typeof(DownloadLink).Assembly.GetExportedTypes().SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(Uri)).Select(property => "$_." + property.Name)
            .Distinct()];

        string[] scripts = [.. views.Descendants("ScriptBlock").Select(script => script.Value)
            .Where(script => addresses.Any(address => Regex.IsMatch(script, Regex.Escape(address) + @"\b")))];

        Assert.Equal(
            addresses.Select(address => $"[BackupLinks.Formatting.Display]::Address({address})").Order(),
            scripts.Distinct().Order());
    }

    [Fact]
    public void Lists_are_shown_with_local_times_and_sizes_and_so_are_their_copies()
    {
        var things = Run(
            "Get-DcsInstance @h; Get-DcsBackup @h 5c597ce5-9823-48aa-bf4d-2defb9385b4a; "
                + "Get-DcsLog @h 5c597ce5-9823-48aa-bf4d-2defb9385b4a").Output;
        var copies = things.Select(thing => PSSerializer.Deserialize(PSSerializer.Serialize(thing, 2))).ToArray();

        Module.Run("param($things) $things | ForEach-Object { $_ | Out-Default }", [things.ToArray()]);
        string shown = Module.Screen;
        Module.Run("param($things) $things | ForEach-Object { $_ | Out-Default }", [copies]);

        var newest = ((DcsBackup)things[2].BaseObject).EndTime!.Value.ToLocalTime();
        Assert.Contains($"{newest:yyyy-MM-dd HH:mm}", shown);
        Assert.Contains("256.0 KiB", shown);
        Assert.Contains("Redis 5.0", shown);
        Assert.Contains($"{DateTime.UtcNow:yyyy-MM-dd}", shown);
        Assert.Equal(shown, Module.Screen[shown.Length..]);
    }

    [Fact]
    public void Link_survives_CliXml_and_still_binds_by_property_name()
    {
        foreach (var command in LinkCommand.All)
        {
            var link = (DownloadLink)Run(command.Call).Output[0].BaseObject;

            var copy = PSObject.AsPSObject(PSSerializer.Deserialize(PSSerializer.Serialize(link)));

            Assert.Equal(link.Uri.AbsoluteUri, ((Uri)copy.Properties["Uri"].Value).OriginalString);
            Assert.Equal(link.FileName, copy.Properties["FileName"].Value.ToString());
            string place = command.IsHuaweiCloud ? "-Region cn-north-4" : "";
            var again = Module.Run(
                $"param($link, $c, $e) $link | {command.Name} -Credential $c -Endpoint $e {place}", copy,
                command.IsHuaweiCloud ? Operator : CapitalOnline, Endpoint);
            Assert.Empty(again.Errors);
            Assert.Contains(again.Output, item => ((DownloadLink)item.BaseObject).FileName == link.FileName);
        }
    }

    [Fact]
    public void No_stream_carries_a_secret_or_a_signature()
    {
        var result = Run(
            "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'\n" + EveryLink
                + "$links\nGet-RdsBackupFile @h gone; Get-CdsBackupDownload @o a b");

        Assert.Equal(2, result.Errors.Count);
        Assert.NotEmpty(result.Verbose);
        string text = result.AllText + string.Join('\n', result.Output.Select(item => item.ToString()));
        Assert.DoesNotContain("Signature=", text);
        Assert.DoesNotContain(OperatorKey.SecretKey, text);
        Assert.DoesNotContain(CapitalOnlineSamples.Key.SecretKey, text);
        Assert.Equal(GetEveryLink().Length, result.Output.Count);
    }

    private string Complete(string line)
    {
        var result = Module.Run(
            "(TabExpansion2 -inputScript $args[0] -cursorColumn $args[0].Length).CompletionMatches", line);
        var matches = result.Output.Select(item => ((CompletionResult)item.BaseObject).CompletionText);
        return string.Join(',', matches.Order(StringComparer.Ordinal));
    }

    private DownloadLink[] GetEveryLink()
    {
        var result = Run(EveryLink + "$links");
        result.AssertSilent();
        DownloadLink[] links = [.. result.Output.Select(item => (DownloadLink)item.BaseObject)];
        Assert.Equal(
            LinkCommand.All.Select(command => command.LinkType).ToHashSet(),
            links.Select(link => link.GetType()).ToHashSet());
        return links;
    }
}
