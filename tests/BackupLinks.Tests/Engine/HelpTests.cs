using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BackupLinks.Catalog;
using BackupLinks.Cmdlets;
using BackupLinks.Errors;
using BackupLinks.Formats;
using BackupLinks.Links;
using BackupLinks.Sandbox;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>Keeps the help and the code from drifting apart, and the examples running.</summary>
public sealed class HelpTests : SandboxTest
{
    private static readonly ErrorKind[] HuaweiCloudErrors = [ErrorKind.UnknownRegion, ErrorKind.ProjectRequired, ErrorKind.ProjectNotFound];

    private const string AllSets = ParameterAttribute.AllParameterSets;

    // Only a file can go wrong like this...
    private static readonly ErrorKind[] SaveErrors =
    [
        ErrorKind.InvalidLink, ErrorKind.LinkExpired, ErrorKind.LinkRenewalFailed, ErrorKind.ObjectChanged, ErrorKind.SizeMismatch,
        ErrorKind.HashMismatch, ErrorKind.FileExists, ErrorKind.FileInUse, ErrorKind.DiskFull, ErrorKind.DestinationUnavailable,
        ErrorKind.UnsafeFileName, ErrorKind.InsecureUri, ErrorKind.Stalled,
    ];

    // ...or like this, a manifest...
    private static readonly ErrorKind[] ManifestErrors = [ErrorKind.ManifestUnavailable, ErrorKind.InvalidManifest];

    private static readonly ErrorKind[] ExportErrors =
    [
        ErrorKind.InvalidLink, ErrorKind.LinkExpired, ErrorKind.FileExists, ErrorKind.FileInUse, ErrorKind.DiskFull, ErrorKind.DestinationUnavailable,
        ErrorKind.UnsafeFileName, ErrorKind.InsecureUri,
    ];

    private static readonly ErrorKind[] ImportErrors = [.. ManifestErrors, ErrorKind.UnsafeFileName, ErrorKind.InvalidRequest];

    // ...and so can a file that is tested...
    private static readonly ErrorKind[] TestErrors =
        [ErrorKind.FileNotFound, ErrorKind.FileUnavailable, ErrorKind.FileChanged, ErrorKind.InvalidFormat];

    // ...and a file can also go wrong like a request to a provider.
    private static readonly ErrorKind[] SharedErrors =
    [
        ErrorKind.NotFound, ErrorKind.AccessDenied, ErrorKind.Throttled, ErrorKind.ServiceUnavailable, ErrorKind.InvalidResponse,
        ErrorKind.InvalidRequest, ErrorKind.InvalidProxy,
    ];

    public static TheoryData<string> Commands => [.. typeof(GetDcsBackupLinkCommand).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<CmdletAttribute>())
        .Where(cmdlet => cmdlet is not null)
        .Select(cmdlet => $"{cmdlet!.VerbName}-{cmdlet.NounName}")
        .Order(StringComparer.Ordinal)];

    [Fact]
    public void Help_is_about_the_exported_commands_and_no_others()
    {
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        string file = Path.Combine(Path.GetDirectoryName(ModuleHost.ManifestPath)!, "en-US", "BackupLinks.dll-Help.xml");
        var described = XDocument.Load(file).Descendants(command + "details").Select(details => details.Element(command + "name")!.Value);

        var exported = Module.Run("Get-Command -Module BackupLinks -CommandType Cmdlet").Output.Select(item => ((CommandInfo)item.BaseObject).Name).ToArray();

        Assert.Equal(exported.Order(StringComparer.Ordinal), described);
        Assert.Equal(Commands.Select(row => row.Data), described);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_is_written_and_not_made_up_from_the_syntax(string command)
    {
        var help = GetHelp(command);

        Assert.Contains("MamlCommandHelpInfo", help.TypeNames);
        Assert.Equal(command, Text(help, "Name"));
        string synopsis = Text(help, "Synopsis");
        Assert.EndsWith(".", synopsis);
        Assert.DoesNotContain(command, synopsis);
        string description = Prose(help, "description");
        Assert.StartsWith(command + " ", description);
        Assert.Equal(!Lists(GetInfo(command)) && !Tests(GetInfo(command)), description.Contains("bearer secret"));
        Assert.Equal(GivesLinks(GetInfo(command)), description.Contains("Uri.AbsoluteUri"));
        Assert.NotEmpty(Children(help, "inputTypes", "inputType"));
        Assert.Contains(Children(help, "relatedLinks", "navigationLink"), link => Text(link, "uri").StartsWith("https://", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_parameter_is_described_as_it_is(string command)
    {
        var info = GetInfo(command);
        var instance = Activator.CreateInstance(info.ImplementingType)!;
        var described = Children(GetHelp(command), "parameters", "parameter").Select(ParameterHelp.Read).ToArray();

        var expected = OwnParameters(info).Select(parameter => new ParameterHelp(
            parameter.Name, Type(parameter).FullName!, TypeName(parameter), Required(parameter), Position(parameter),
            PipelineInput(parameter), Aliases(parameter), DefaultValue(parameter, info, instance)));
        Assert.Equal(expected.OrderBy(parameter => parameter.Name), described.OrderBy(parameter => parameter.Name));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_parameter_is_explained_with_its_range_and_its_choices(string command)
    {
        var info = GetInfo(command);
        var help = Children(GetHelp(command), "parameters", "parameter").ToDictionary(item => Text(item, "name"), item => Prose(item, "description"));

        foreach (var parameter in OwnParameters(info))
        {
            string text = help[parameter.Name];
            Assert.EndsWith(".", text);
            if (Range(parameter) is { } range)
                Assert.Matches(range.MaxRange is long.MaxValue ? $@"\b{range.MinRange} or more\b" : $@"\b{range.MinRange}\b.* to {range.MaxRange}\b", text);
            if (Choices(parameter) is { Length: > 0 } choices)
                Assert.EndsWith($"Accepted values: {string.Join(", ", choices)}.", text);
            bool isMandatory = Required(parameter) == "true";
            Assert.Equal(!isMandatory, text.Contains("When omitted"));
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Syntax_has_every_parameter_once_and_the_positional_ones_first(string command)
    {
        var info = GetInfo(command);
        var syntaxes = Children(GetHelp(command), "syntax", "syntaxItem").ToArray();
        string[] sets = ParameterSets(info);

        Assert.Equal(sets.Length, syntaxes.Length);
        foreach (var (set, syntax) in sets.Zip(syntaxes))
        {
            var expected = OwnParameters(info).Where(item => item.ParameterSets.Keys.Single() is var own && (own == set || own == AllSets)).ToArray();
            var parameters = Children(syntax, "parameter").ToArray();
            Assert.Equal(command, Text(syntax, "name"));
            Assert.Equal(expected.Select(item => item.Name).Order(), parameters.Select(item => Text(item, "name")).Order());
            string[] positions = [.. expected.Select(Position).Where(position => position != "named").Order()];
            Assert.Equal(positions, parameters.Take(positions.Length).Select(item => Text(item, "position")));
            foreach (var (help, parameter) in parameters.Select(item => (item, info.Parameters[Text(item, "name")])))
            {
                Assert.Equal(
                    (Required(parameter), Position(parameter), PipelineInput(parameter), Aliases(parameter)),
                    (Text(help, "required"), Text(help, "position"), Text(help, "pipelineInput"), Text(help, "aliases")));
                var choices = Choices(parameter);
                if (choices.Length > 0)
                    Assert.Equal(choices, Children(help, "parameterValueGroup", "parameterValue").Select(value => value.ToString()));
                else if (parameter.SwitchParameter)
                    Assert.Empty(Children(help, "parameterValue"));
                else
                    Assert.Equal(TypeName(parameter), Text(help, "parameterValue"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Output_is_what_the_command_declares(string command)
    {
        var info = GetInfo(command);
        var declared = Assert.Single(info.OutputType);

        var output = Assert.Single(Children(GetHelp(command), "returnValues", "returnValue"));

        Assert.Equal(declared.Name, Text(output, "type", "name").Trim());
        string text = Prose(output, "description");
        // Of a link, where it came from is left out.
        var own = declared.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance | (Lists(GetInfo(command)) ? 0 : BindingFlags.DeclaredOnly)).Select(property => property.Name);
        Assert.All(own.Concat(GivesLinks(info) ? ["Uri", "FileName", "Size", "ExpiresAt"] : []), name => Assert.Matches($@"\b{name}\b", text));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Notes_name_every_error_id_that_the_command_can_report(string command)
    {
        var info = GetInfo(command);

        string[] ids = GetErrorIds(command);

        var expected = Saves(info) ? SaveErrors.Concat(SharedErrors)
            : Exports(info) ? ExportErrors
            : Imports(info) ? ImportErrors
            : Tests(info) ? [.. TestErrors, ErrorKind.HashMismatch, ErrorKind.InvalidRequest]
            : Enum.GetValues<ErrorKind>().Except(SaveErrors).Except(TestErrors).Except(ManifestErrors).Except(IsHuaweiCloud(info) ? [] : HuaweiCloudErrors);
        Assert.Equal(expected.Select(kind => $"{kind}").Append("UnexpectedError").Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void Every_error_id_is_in_the_notes_of_a_command() => Assert.Equal(
        Enum.GetNames<ErrorKind>().Append("UnexpectedError").Order(StringComparer.Ordinal),
        Commands.SelectMany(row => GetErrorIds(row.Data)).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_names_every_place_of_a_credential(string command)
    {
        var info = GetInfo(command);
        if (Exports(info) || Imports(info) || Tests(info))
            return; // They have nobody to ask.
        var help = GetHelp(command);
        string text = !Saves(info) ? Prose(help, "alertSet", "alert") : Prose(help, "description");

        string[] places =
            Saves(info) ? ["SecretName", "Vault", "environment"]
            : IsHuaweiCloud(info) ? ["HuaweiCloud", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN", "HUAWEICLOUD_SDK_PROJECT_ID",
                "HUAWEICLOUD_SDK_REGION", "HUAWEICLOUD_SDK_IAM_ENDPOINT", "SecurityToken", "UserName", "Password", "DomainName", "Token", "AccessKey", "SecretKey"]
            : ["CapitalOnline", "CDS_ACCESS_KEY_ID", "CDS_ACCESS_KEY_SECRET", "AccessKey", "SecretKey"];
        Assert.All(places.Append("Endpoint"), place => Assert.Matches($@"\b{place}\b", text));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Examples_show_the_download_a_pipeline_and_another_credential(string command)
    {
        string[] examples = GetExamples(command);

        Assert.True(examples.Length >= 2, $"{examples.Length} examples");
        Assert.Contains(examples, code => Regex.IsMatch(code, $@"\|\s*{command}\b"));
        if (Lists(GetInfo(command)))
        {
            Assert.Contains(examples, code => Regex.IsMatch(code, $@"\b{command}\b[^|]*\| Get-"));
            Assert.Contains(examples, code => Regex.IsMatch(code, "-SecretName .* -Vault "));
            return;
        }

        if (Exports(GetInfo(command)) || Imports(GetInfo(command)))
        {
            Assert.Contains(examples, code => Regex.IsMatch(code, $@"\bExport-BackupLink\b[\s\S]*\bImport-BackupLink\b"));
            return;
        }

        if (Tests(GetInfo(command)))
        {
            Assert.Contains(examples, code => code.Contains("| Where-Object State -ne Intact"));
            return;
        }

        if (Saves(GetInfo(command)))
        {
            Assert.Matches($@"^Get-[^|]*\|\s*{command} -Destination \w+$", examples[0]);
            return;
        }

        // The tests of all links call it like this.
        Assert.Matches($@"^{command}( -\w+ [\w-]+)+$", examples[0]);
        int save = Array.FindIndex(examples, code => Regex.IsMatch(code, $@"^{command} [^|]*\|\s*Save-BackupFile -Destination \w+$"));
        int other = Array.FindIndex(examples, code => Regex.IsMatch(
            code, $@"^{command} [^|]*\|\s*ForEach-Object \{{ Invoke-WebRequest -Uri \$_\.Uri -OutFile \$_\.FileName \}}$"));
        Assert.InRange(save, 0, examples.Length);
        Assert.InRange(other, save + 1, examples.Length);
        Assert.Contains(examples, code => Regex.IsMatch(code, "-SecretName .* -Vault |-Credential "));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_example_runs(string command)
    {
        var info = GetInfo(command);
        string[] examples = GetExamples(command);
        Assert.NotEmpty(examples);
        foreach (string code in examples)
        {
            using var stage = new ExampleStage(Server, Endpoint, IsHuaweiCloud(info) ? Operator : CapitalOnline);

            var result = stage.Run(code);

            // A file of links is worth a warning, always.
            string[] warnings = [.. result.Warnings.Where(warning => !(code.Contains("Export-BackupLink") && warning.Contains("like a key")))];
            Assert.True(result.Thrown is null && result.Errors.Count == 0 && warnings.Length == 0, $"{code}\n{result.AllText}");
            Assert.True(result.Output.Count + stage.FilesSaved > 0 || stage.HasFile(code), $"{code}\ngave neither an object nor a file.");
            var type = code.Contains("Test-BackupFile") ? typeof(BackupFileReport) : code.Contains("Save-BackupFile") ? typeof(SavedBackupFile) : Assert.Single(GetInfo(LastCommand(code)).OutputType).Type;
            Assert.All(result.Output, item => Assert.IsType(type, item.BaseObject));
            // What an example downloads is all that it got links for.
            Assert.Equal(code.Contains("Invoke-WebRequest"), stage.FilesSaved > 0);
            stage.AssertFilesAreRight(
                code, [.. result.Output.Select(item => item.BaseObject).OfType<SavedBackupFile>()],
                [.. result.Output.Select(item => item.BaseObject).OfType<BackupFileReport>().Select(report => report.Path)]);
        }
    }

    private PSObject GetHelp(string command)
    {
        var result = Module.Run("Get-Help $args[0] -Full", command);
        Assert.Empty(result.Errors);
        return Assert.Single(result.Output);
    }

    // The engine works out parameters and output type when they are first asked for, which only its own thread may do.
    private CmdletInfo GetInfo(string command) =>
        Module.Run("$info = Get-Command $args[0]; $null = $info.Parameters.Count, $info.OutputType.Count; $info", command).Single<CmdletInfo>();

    private static bool GivesLinks(CmdletInfo info) => typeof(DownloadLink).IsAssignableFrom(Assert.Single(info.OutputType).Type);

    private static bool Saves(CmdletInfo info) => info.ImplementingType == typeof(SaveBackupFileCommand);

    private static bool Exports(CmdletInfo info) => info.ImplementingType == typeof(ExportBackupLinkCommand);

    private static bool Imports(CmdletInfo info) => info.ImplementingType == typeof(ImportBackupLinkCommand);

    private static bool Tests(CmdletInfo info) => info.ImplementingType == typeof(TestBackupFileCommand);

    private static bool Lists(CmdletInfo info) =>
        !GivesLinks(info) && !Saves(info) && !Exports(info) && !Imports(info) && !Tests(info);

    private static bool IsHuaweiCloud(CmdletInfo info) => info.Parameters.ContainsKey("IamEndpoint");

    // What lists give may go on into another command.
    private static string LastCommand(string code) =>
        Regex.Matches(code, @"\b\w+-\w+").Select(match => match.Value).Last(name => Commands.Any(row => row.Data == name));

    private string[] GetExamples(string command) => [.. Children(GetHelp(command), "examples", "example").Select(item => Text(item, "code"))];

    private string[] GetErrorIds(string command) =>
        [.. Regex.Matches(Prose(GetHelp(command), "alertSet", "alert"), @"^(\w+): ", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

    private static IEnumerable<ParameterMetadata> OwnParameters(CmdletInfo info) =>
        info.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    private static ParameterSetMetadata Set(ParameterMetadata parameter) => Assert.Single(parameter.ParameterSets).Value;

    // The default one first, as Get-Command shows them.
    private static string[] ParameterSets(CmdletInfo info)
    {
        var own = OwnParameters(info).SelectMany(parameter => parameter.ParameterSets.Keys).Where(set => set != AllSets).Distinct();
        return [.. own.DefaultIfEmpty(AllSets).OrderBy(set => set != info.DefaultParameterSet)];
    }

    private static Type Type(ParameterMetadata parameter) => Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;

    private static string TypeName(ParameterMetadata parameter) => Type(parameter).Name;

    private static string Required(ParameterMetadata parameter) => Set(parameter).IsMandatory ? "true" : "false";

    private static string Position(ParameterMetadata parameter) => Set(parameter).Position is >= 0 and var position ? $"{position}" : "named";

    private static string PipelineInput(ParameterMetadata parameter)
    {
        string[] ways =
        [
            .. Set(parameter).ValueFromPipeline ? ["ByValue"] : Array.Empty<string>(),
            .. Set(parameter).ValueFromPipelineByPropertyName ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        return ways.Length == 0 ? "false" : $"true ({string.Join(", ", ways)})";
    }

    private static string Aliases(ParameterMetadata parameter) => parameter.Aliases.Count == 0 ? "None" : string.Join(", ", parameter.Aliases);

    private static ValidateRangeAttribute? Range(ParameterMetadata parameter) => parameter.Attributes.OfType<ValidateRangeAttribute>().SingleOrDefault();

    private static string DefaultValue(ParameterMetadata parameter, CmdletInfo info, object instance)
    {
        // -WhatIf and -Confirm are no properties of the command.
        object? value = info.ImplementingType.GetProperty(parameter.Name) is { } property ? property.GetValue(instance) : new SwitchParameter();
        // A number that cannot be given stands for a choice of the command's own, and the greatest for no limit.
        bool isGiven = value is not (null or "" or Array { Length: 0 } or long.MaxValue or DateTimeOffset { Ticks: 0 })
            && !(Range(parameter)?.MinRange is IComparable least && least.CompareTo(value) > 0);
        return isGiven ? $"{value}" : "None";
    }

    private static string[] Choices(ParameterMetadata parameter) =>
        parameter.ParameterType.IsEnum ? Enum.GetNames(parameter.ParameterType)
            : [.. parameter.Attributes.OfType<ValidateSetAttribute>().SelectMany(set => set.ValidValues)];

    // Help objects hold one child as itself and several as an array.
    private static IEnumerable<PSObject> Children(PSObject item, params string[] path)
    {
        IEnumerable<PSObject> items = [item];
        foreach (string name in path)
        {
            items = items.SelectMany(parent => parent.Properties[name]?.Value switch
            {
                null => [],
                PSObject { BaseObject: IEnumerable and not string } list => ((IEnumerable)list.BaseObject).Cast<object>(),
                IEnumerable list and not string => list.Cast<object>(),
                var child => [child],
            }).Select(PSObject.AsPSObject);
        }

        return items;
    }

    private static string Text(PSObject item, params string[] path) => Assert.Single(Children(item, path)).ToString();

    private static string Prose(PSObject item, params string[] path) =>
        string.Join('\n', Children(item, path).Select(paragraph => Text(paragraph, "Text").Trim()));

    /// <summary>What the help says of a parameter.</summary>
    private sealed record ParameterHelp(
        string Name, string FullType, string Type, string Required, string Position, string PipelineInput, string Aliases, string DefaultValue)
    {
        public static ParameterHelp Read(PSObject item) => new(
            Text(item, "name"), Text(item, "type", "name").Trim(), Text(item, "parameterValue"), Text(item, "required"),
            Text(item, "position"), Text(item, "pipelineInput"), Text(item, "aliases"), Text(item, "defaultValue"));
    }

    /// <summary>What an example takes for granted: vaults, a folder, and commands that the bare engine does not have.</summary>
    private sealed class ExampleStage : IDisposable
    {
        private readonly ModuleHost _module = new();
        private readonly SandboxServer _server;
        private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

        public ExampleStage(SandboxServer server, string endpoint, PSCredential typedKey)
        {
            _server = server;
            _module.AddVault("Operations", new Hashtable
            {
                ["HuaweiCloud"] = new Hashtable
                {
                    ["AccessKey"] = SandboxCloud.OperatorKey.AccessKey, ["SecretKey"] = SandboxCloud.OperatorKey.SecretKey,
                    ["Region"] = SandboxCloud.Region, ["Endpoint"] = endpoint,
                },
                ["CapitalOnline"] = new Hashtable
                {
                    ["AccessKey"] = SandboxCloud.CapitalOnlineKey.AccessKey, ["SecretKey"] = SandboxCloud.CapitalOnlineKey.SecretKey,
                    ["Endpoint"] = endpoint,
                },
            });
            // A key that somebody types has no endpoint with it, so that one becomes the default then.
            var setUp = _module.Run(
                """
                $global:folder, $global:endpoint, $global:typedKey = $args
                $global:saved = [System.Collections.Generic.List[object]]::new()
                function global:Invoke-WebRequest {
                    [CmdletBinding()]
                    param([Parameter(Mandatory)] [uri] $Uri, [Parameter(Mandatory)] [string] $OutFile)
                    $path = [System.IO.Path]::Combine($folder, $OutFile)
                    $http = [System.Net.Http.HttpClient]::new()
                    try { [System.IO.File]::WriteAllBytes($path, $http.GetByteArrayAsync($Uri).GetAwaiter().GetResult()) }
                    finally { $http.Dispose() }
                    $saved.Add([System.Collections.Generic.KeyValuePair[uri, string]]::new($Uri, $path))
                }
                function global:Get-Date { [System.DateTime]::Now }
                function global:Get-Credential {
                    [CmdletBinding()]
                    param([Parameter(Mandatory)] [string] $Message)
                    $global:PSDefaultParameterValues = @{ 'Get-*:Endpoint' = $endpoint }
                    $typedKey
                }
                function global:Export-Clixml {
                    [CmdletBinding()]
                    param([Parameter(Mandatory, Position = 0)] [string] $Path, [Parameter(ValueFromPipeline)] $InputObject)
                    end { [System.IO.File]::WriteAllText([System.IO.Path]::Combine($folder, $Path), [System.Management.Automation.PSSerializer]::Serialize(@($input), 3)) }
                }
                function global:Import-Clixml {
                    [CmdletBinding()]
                    param([Parameter(Mandatory, Position = 0)] [string] $Path)
                    [System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, $Path)))
                }
                """,
                _folder, endpoint, typedKey);
            Assert.True(setUp.Thrown is null && setUp.Errors.Count == 0, setUp.AllText);
            _module.Runspace.SessionStateProxy.Path.SetLocation(_folder);
        }

        public int FilesSaved => Saved.Length;

        private KeyValuePair<Uri, string>[] Saved =>
            [.. ((IEnumerable<object>)_module.Runspace.SessionStateProxy.GetVariable("saved"))
                .Select(item => item is PSObject wrapped ? wrapped.BaseObject : item).Cast<KeyValuePair<Uri, string>>()];

        public RunResult Run(string code) => _module.Run(code);

        /// <summary>True when a file that the example names is there, with something in it.</summary>
        public bool HasFile(string code) => new DirectoryInfo(_folder).GetFiles().Any(file => file.Length > 0 && code.Contains(file.Name));

        public void AssertFilesAreRight(string code, IReadOnlyList<SavedBackupFile> output, IReadOnlyList<string> tested)
        {
            KeyValuePair<Uri, string>[] saved = [.. Saved, .. output.Select(file => new KeyValuePair<Uri, string>(new Uri(file.Source), file.Path))];
            Assert.All(saved, file => Assert.Equal(
                _server.Cloud.FindObject(file.Key)!.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Value)))));
            // Whatever else is there is what the example says, and the catalog of what was saved.
            var others = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
                .Except(saved.Select(file => file.Value)).Except(tested)
                .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != CatalogFile.FolderName);
            Assert.All(others, file => Assert.Contains($" {Path.GetFileName(file)}", code));
        }

        public void Dispose()
        {
            _module.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
