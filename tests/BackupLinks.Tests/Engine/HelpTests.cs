using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using BackupLinks.Catalog;
using BackupLinks.Cmdlets;
using BackupLinks.Errors;
using BackupLinks.Formats;
using BackupLinks.Links;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// Keeps the prose of the help complete, and its examples running. Its facts come from the code: see
/// DocumentationTests.
/// </summary>
public sealed class HelpTests(SandboxFixture fixture) : SandboxTest(fixture), IClassFixture<SandboxFixture>
{
    private static readonly ErrorKind[] HuaweiCloudErrors = [ErrorKind.UnknownRegion, ErrorKind.ProjectRequired,
    ErrorKind.ProjectNotFound];

    // Only a file can go wrong like this...
    private static readonly ErrorKind[] SaveErrors =
    [
        ErrorKind.InvalidLink, ErrorKind.LinkExpired, ErrorKind.LinkRenewalFailed, ErrorKind.ObjectChanged,
        ErrorKind.SizeMismatch,
        ErrorKind.HashMismatch, ErrorKind.NotABackup, ErrorKind.BackupDamaged, ErrorKind.BackupTruncated,
        ErrorKind.FileExists, ErrorKind.FileInUse, ErrorKind.DiskFull, ErrorKind.DestinationUnavailable,
        ErrorKind.UnsafeFileName, ErrorKind.InsecureUri, ErrorKind.Stalled, ErrorKind.CatalogUnavailable,
    ];

    // ...or like this, a manifest...
    private static readonly ErrorKind[] ManifestErrors = [ErrorKind.ManifestUnavailable, ErrorKind.InvalidManifest];

    private static readonly ErrorKind[] ExportErrors =
    [
        ErrorKind.InvalidLink, ErrorKind.LinkExpired, ErrorKind.FileExists, ErrorKind.FileInUse, ErrorKind.DiskFull,
        ErrorKind.DestinationUnavailable,
        ErrorKind.UnsafeFileName, ErrorKind.InsecureUri,
    ];

    private static readonly ErrorKind[] ImportErrors = [.. ManifestErrors, ErrorKind.UnsafeFileName,
    ErrorKind.InvalidRequest];

    // ...and so can a file that is tested...
    private static readonly ErrorKind[] CatalogErrors = [ErrorKind.FileNotFound, ErrorKind.FileUnavailable];

    private static readonly ErrorKind[] OtherTestErrors = [ErrorKind.FileChanged, ErrorKind.InvalidFormat];

    private static readonly ErrorKind[] TestErrors =
        [.. CatalogErrors, .. OtherTestErrors, ErrorKind.CatalogUnavailable];

    private static readonly ErrorKind[] ReportErrors =
    [
        .. CatalogErrors, ErrorKind.InvalidRequest, ErrorKind.UnsafeFileName, ErrorKind.FileInUse, ErrorKind.DiskFull,
        ErrorKind.DestinationUnavailable,
    ];

    // ...and where a service is named, or a link made first...
    private static readonly ErrorKind[] CloudErrors = [ErrorKind.UnknownService, ErrorKind.NotReady];

    // ...and where backups are removed...
    private static readonly ErrorKind[] RemovalErrors =
    [
        ErrorKind.NoRule, ErrorKind.NotFound, ErrorKind.FileNotFound, ErrorKind.FileUnavailable, ErrorKind.FileInUse,
        ErrorKind.FileChanged, ErrorKind.UnsafeFileName,
    ];

    // ...and a file can also go wrong like a request to a provider.
    private static readonly ErrorKind[] SharedErrors =
    [
        ErrorKind.NotFound, ErrorKind.AccessDenied, ErrorKind.Throttled, ErrorKind.ServiceUnavailable,
        ErrorKind.InvalidResponse,
        ErrorKind.InvalidRequest, ErrorKind.InvalidProxy,
    ];

    public static TheoryData<string> Commands => [.. typeof(GetDcsBackupLinkCommand).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<CmdletAttribute>())
        .Where(cmdlet => cmdlet is not null)
        .Select(cmdlet => $"{cmdlet!.VerbName}-{cmdlet.NounName}")
        .Order(StringComparer.Ordinal)];

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
        Assert.Equal(
            !Lists(GetInfo(command)) && !Tests(GetInfo(command)) && !Reports(GetInfo(command))
                && !Removes(GetInfo(command)) && !Finds(GetInfo(command)),
            description.Contains("bearer secret"));
        Assert.Equal(GivesLinks(GetInfo(command)), description.Contains("Uri.AbsoluteUri"));
        Assert.NotEmpty(Children(help, "inputTypes", "inputType"));
        Assert.Contains(
            Children(help, "relatedLinks", "navigationLink"),
            link => Text(link, "uri").StartsWith("https://", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_parameter_is_explained_with_its_range(string command)
    {
        var info = GetInfo(command);
        var help = Children(GetHelp(command), "parameters", "parameter").ToDictionary(
            item => Text(item, "name"), item => Prose(item, "description"));

        foreach (var parameter in OwnParameters(info))
        {
            string text = help[parameter.Name];
            Assert.EndsWith(".", text);
            if (Range(parameter) is { } range)
                Assert.Matches(
                    range.MaxRange is long.MaxValue
                        ? $@"\b{range.MinRange} or more\b" : $@"\b{range.MinRange}\b.* to {range.MaxRange}\b", text);
            Assert.Equal(!Assert.Single(parameter.ParameterSets).Value.IsMandatory, text.Contains("When omitted"));
        }
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
            : Knows(info) ? [ErrorKind.UnknownService]
            : Reports(info) ? ReportErrors
            : Removes(info) ? RemovalErrors
            : Finds(info) ? [.. CatalogErrors, ErrorKind.InvalidRequest]
            : Enum.GetValues<ErrorKind>().Except(SaveErrors).Except(Watches(info) ? [] : CatalogErrors)
                .Except(OtherTestErrors).Except(ManifestErrors).Except([ErrorKind.NoRule])
                .Except(IsForAll(info) ? [] : CloudErrors).Except(
                    IsHuaweiCloud(info) || IsForAll(info) ? [] : HuaweiCloudErrors);
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
        if (Exports(info) || Imports(info) || Tests(info) || Knows(info) || Reports(info) || Removes(info)
            || Finds(info))
            return; // They send no request.
        var help = GetHelp(command);
        string text = !Saves(info) ? Prose(help, "alertSet", "alert") : Prose(help, "description");

        string[] places =
            Saves(info) || IsForAll(info) ? ["SecretName", "Vault", "environment"]
            : IsHuaweiCloud(info)
            ? ["HuaweiCloud", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            "HUAWEICLOUD_SDK_PROJECT_ID",
                "HUAWEICLOUD_SDK_REGION", "HUAWEICLOUD_SDK_IAM_ENDPOINT", "SecurityToken", "UserName", "Password",
                "DomainName", "Token", "AccessKey", "SecretKey"]
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
        if (Knows(GetInfo(command)) || Removes(GetInfo(command)) || Finds(GetInfo(command)))
            return;
        if (Watches(GetInfo(command)) || Reports(GetInfo(command)))
        {
            Assert.Contains(
                examples, code => Regex.IsMatch(code, @"\| Get-BackupStatus \| Export-BackupReport [\w.]+"));
            return;
        }

        if (Lists(GetInfo(command)))
        {
            Assert.Contains(examples, code => Regex.IsMatch(code, $@"\b{command}\b[^|]*\| Get-"));
            Assert.Contains(examples, code => Regex.IsMatch(code, "-SecretName .* -Vault "));
            return;
        }

        if (Exports(GetInfo(command)) || Imports(GetInfo(command)))
        {
            Assert.Contains(
                examples, code => Regex.IsMatch(code, $@"\bExport-BackupLink\b[\s\S]*\bImport-BackupLink\b"));
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
        Assert.Matches($@"^{command}( -\w+ [\w.-]+)+$", examples[0]);
        int save = Array.FindIndex(
            examples, code => Regex.IsMatch(code, $@"^{command} [^|]*\|\s*Save-BackupFile -Destination \w+$"));
        int other = Array.FindIndex(examples, code => Regex.IsMatch(
            code,
            $@"^{command} [^|]*\|\s*ForEach-Object \{{ Invoke-WebRequest -Uri \$_\.Uri -OutFile \$_\.FileName \}}$"));
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
            string[] there = Removes(info) || Finds(info) ? stage.AddBackups() : [];

            var result = stage.Run(code);

            // A file of links is worth a warning, always; so is an instance whose backups stay in the cloud.
            string[] warnings = [.. result.Warnings.Where(
                warning => !(code.Contains("Export-BackupLink") && warning.Contains("like a key"))
                    && !Clouds.Registry.Services.Any(
                        service => !service.LinksBackups && warning.Contains(service.SampleIds.InstanceId!)))];
            Assert.True(
                result.Thrown is null && result.Errors.Count == 0 && warnings.Length == 0, $"{code}\n{result.AllText}");
            Assert.True(
                result.Output.Count + stage.FilesSaved > 0 || stage.HasFile(code),
                $"{code}\ngave neither an object nor a file.");
            var type = code.Contains("Test-BackupFile")
                ? typeof(BackupFileReport)
                : code.Contains("Save-BackupFile") && !code.Contains("Get-BackupFile")
                ? typeof(SavedBackupFile) : Assert.Single(GetInfo(LastCommand(code)).OutputType).Type;
            Assert.All(result.Output, item => Assert.IsAssignableFrom(type, item.BaseObject));
            // What an example downloads is all that it got links for.
            Assert.Equal(code.Contains("Invoke-WebRequest"), stage.FilesSaved > 0);
            stage.AssertFilesAreRight(
                code, [.. result.Output.Select(item => item.BaseObject).OfType<SavedBackupFile>()],
                [
                    .. there,
                    .. result.Output.Select(item => item.BaseObject).OfType<BackupFileReport>().Select(
                        report => report.Path),
                    .. result.Output.Select(item => item.BaseObject).OfType<BackupFile>().Select(file => file.Path),
                ]);
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
        Module.Run(
            "$info = Get-Command $args[0]; $null = $info.Parameters.Count, $info.OutputType.Count; $info", command)
                .Single<CmdletInfo>();

    private static bool GivesLinks(CmdletInfo info) =>
        typeof(DownloadLink).IsAssignableFrom(Assert.Single(info.OutputType).Type);

    private static bool Saves(CmdletInfo info) => info.ImplementingType == typeof(SaveBackupFileCommand);

    private static bool Exports(CmdletInfo info) => info.ImplementingType == typeof(ExportBackupLinkCommand);

    private static bool Imports(CmdletInfo info) => info.ImplementingType == typeof(ImportBackupLinkCommand);

    private static bool Tests(CmdletInfo info) => info.ImplementingType == typeof(TestBackupFileCommand);

    private static bool Watches(CmdletInfo info) => info.ImplementingType == typeof(GetBackupStatusCommand);

    private static bool Reports(CmdletInfo info) => info.ImplementingType == typeof(ExportBackupReportCommand);

    private static bool Removes(CmdletInfo info) => info.ImplementingType == typeof(RemoveBackupFileCommand);

    private static bool Finds(CmdletInfo info) => info.ImplementingType == typeof(GetBackupFileCommand);

    private static bool Lists(CmdletInfo info) => !GivesLinks(info) && !Saves(info) && !Exports(info) && !Imports(info)
        && !Tests(info) && !Reports(info) && !Removes(info) && !Finds(info);

    private static bool Knows(CmdletInfo info) => info.ImplementingType == typeof(GetBackupServiceCommand);

    private static bool IsForAll(CmdletInfo info) => typeof(CloudCommand).IsAssignableFrom(info.ImplementingType);

    private static bool IsHuaweiCloud(CmdletInfo info) => info.Parameters.ContainsKey("IamEndpoint");

    // What lists give may go on into another command.
    private static string LastCommand(string code) =>
        Regex.Matches(code, @"\b\w+-\w+").Select(match => match.Value).Last(
            name => Commands.Any(row => row.Data == name));

    private string[] GetExamples(string command) =>
        [.. Children(GetHelp(command), "examples", "example").Select(item => Text(item, "code"))];

    private string[] GetErrorIds(string command) =>
        [.. Regex.Matches(Prose(GetHelp(command), "alertSet", "alert"), @"^(\w+): ", RegexOptions.Multiline).Select(
            match => match.Groups[1].Value)];

    private static IEnumerable<ParameterMetadata> OwnParameters(CmdletInfo info) =>
        info.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));

    private static ValidateRangeAttribute? Range(ParameterMetadata parameter) =>
        parameter.Attributes.OfType<ValidateRangeAttribute>().SingleOrDefault();

    // Help objects hold one child as itself and several as an array.
    private static IEnumerable<PSObject> Children(PSObject item, params string[] path)
    {
        IEnumerable<PSObject> items = [item];
        foreach (string name in path)
        {
            items = items.SelectMany(parent => parent.Properties[name]?.Value switch
            {
                null => [],
                PSObject { BaseObject: IEnumerable and not string } list =>
                    ((IEnumerable)list.BaseObject).Cast<object>(),
                IEnumerable list and not string => list.Cast<object>(),
                var child => [child],
            }).Select(PSObject.AsPSObject);
        }

        return items;
    }

    private static string Text(PSObject item, params string[] path) => Assert.Single(Children(item, path)).ToString();

    private static string Prose(PSObject item, params string[] path) =>
        string.Join('\n', Children(item, path).Select(paragraph => Text(paragraph, "Text").Trim()));
}
