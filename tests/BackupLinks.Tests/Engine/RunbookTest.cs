using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using BackupLinks.Catalog;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>The runbooks in samples/, as a scheduler starts them, in a session with a vault.</summary>
public abstract class RunbookTest : SaveTest
{
    private protected static readonly string Samples = Path.Combine(Checkout.Root, "samples");

    // What the bare engine lacks of the commands that runbooks use. A remote machine is a scope of its own.
    private protected const string Commands = """
        function global:Join-Path { param($Path, $ChildPath) [System.IO.Path]::Combine($Path, $ChildPath) }
        function global:Write-Error { [CmdletBinding()] param($ErrorRecord) $PSCmdlet.WriteError($ErrorRecord) }
        function global:Remove-Item { param($LiteralPath) [System.IO.File]::Delete($LiteralPath) }
        function global:ConvertTo-Plain($Value) {
            if ($Value -is [System.Collections.IDictionary]) {
                $pairs = [System.Collections.Generic.Dictionary[string, object]]::new()
                foreach ($key in $Value.Keys) { $pairs[$key] = ConvertTo-Plain $Value[$key] }
                return $pairs
            }
            if ($Value -is [array]) { return , [object[]] @(foreach ($each in $Value) { ConvertTo-Plain $each }) }
            if ($Value -is [PSObject]) { $Value.PSObject.BaseObject } else { $Value }
        }
        function global:ConvertTo-Json {
            param([Parameter(Position = 0)] $InputObject, [switch] $Compress, [int] $Depth)
            $pairs = ConvertTo-Plain $InputObject
            [System.Text.Json.JsonSerializer]::Serialize(
                $pairs, $pairs.GetType(), [System.Text.Json.JsonSerializerOptions]::Default)
        }
        function global:ConvertFrom-Json { [CmdletBinding()] param([Parameter(Position = 0)] $InputObject)
            $row = [ordered]@{}
            foreach ($member in [System.Text.Json.JsonDocument]::Parse($InputObject).RootElement.EnumerateObject()) {
                $value = $member.Value
                $row[$member.Name] = $value.ValueKind -eq 'Number' ? $value.GetInt64() : $value.GetString()
            }
            [pscustomobject] $row
        }
        $global:calls = [System.Collections.Generic.List[string]]::new()
        function global:Invoke-Command {
            param($HostName, $UserName, $ArgumentList, [scriptblock] $ScriptBlock, [switch] $AsJob)
            if ($HostName -eq 'nowhere') { throw 'One or more computer names are not valid.' }
            $calls.Add($HostName)
            $links = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize(@($ArgumentList[0]), 1))
            [pscustomobject]@{
                Script = $ScriptBlock
                Arguments = $links, [System.IO.Path]::Combine($ArgumentList[1], $HostName)
            }
        }
        function global:Receive-Job {
            [CmdletBinding()]
            param([Parameter(ValueFromPipeline)] $Job, [switch] $Wait, [switch] $AutoRemoveJob)
            process { function Import-Module { }; & $Job.Script $Job.Arguments[0] $Job.Arguments[1] }
        }
        # A night of tests does not wait for a store that will not come back.
        $global:PSDefaultParameterValues = @{ '*-*:MaximumRetryCount' = 0; '*-*:RetryIntervalSec' = 1 }
        """;

    private protected string Log => Path.Combine(Folder, "nightly.jsonl");

    private protected string Config => Path.Combine(Folder, "nightly.psd1");

    // Where the night saves; the log, the lock and the configuration are elsewhere.
    private protected string Destination => Path.Combine(Folder, "backups");

    private protected void Prepare(bool withVault = true)
    {
        Directory.CreateDirectory(Path.Combine(Destination, CatalogFolder.Name));
        Assert.Empty(Module.Run(Commands).Errors);
        if (!withVault)
            return;
        Module.AddVault("Operations", new Hashtable
        {
            ["HuaweiCloud"] = new Hashtable
            {
                ["AccessKey"] = OperatorKey.AccessKey, ["SecretKey"] = OperatorKey.SecretKey, ["Region"] = Region,
                ["Endpoint"] = Endpoint + "/{service}",
            },
            ["CapitalOnline"] = new Hashtable
            {
                ["AccessKey"] = CapitalOnlineSamples.Key.AccessKey, ["SecretKey"] = CapitalOnlineSamples.Key.SecretKey,
                ["Endpoint"] = Endpoint,
            },
        });
    }

    /// <summary>A night: its exit code, and the lines of its log. The log is a new one.</summary>
    /// <param name="services">The services, with commas; null for all.</param>
    /// <param name="keys">Other keys of the configuration.</param>
    /// <param name="destination">The destination; null for the folder of the test.</param>
    /// <param name="arguments">Arguments besides the configuration.</param>
    private protected (int ExitCode, JsonElement[] Events) RunNightly(
        string? services, string keys = "", string? destination = null, string arguments = "")
    {
        File.Delete(Log);
        WriteConfig(services, keys, destination);
        var result = Module.Run(
            $"param($script, $config) $null = & $script -ConfigPath $config {arguments}; $LASTEXITCODE",
            Path.Combine(Samples, "nightly.ps1"), Config);
        Assert.Null(result.Thrown);
        AssertNoSignature(result);
        var events = Events();
        AssertLines(events);
        int exitCode = (int)result.Output[^1].BaseObject;
        Assert.Equal(exitCode, events[^1].GetProperty("exitCode").GetInt32());
        return (exitCode, events);
    }

    /// <summary>Writes the configuration of a night.</summary>
    /// <inheritdoc cref="RunNightly"/>
    private protected void WriteConfig(string? services, string keys = "", string? destination = null)
    {
        string service = services is null ? "" : "Service = " + string.Join(
            ", ", services.Split(',', StringSplitOptions.TrimEntries).Select(name => $"'{name}'"));
        // What the sandbox stores is not of any format.
        string test = keys.Contains("Test =", StringComparison.Ordinal) ? "" : "Test = $false";
        File.WriteAllText(Config, $"@{{ Destination = '{destination ?? Destination}'; {service}; {test}; {keys} }}");
    }

    /// <summary>The lines of the log, and those that went to the screen for want of one.</summary>
    private protected JsonElement[] Events() =>
    [
        .. (File.Exists(Log) ? ReadShared(Log) : []).Concat(
            Module.Screen.Split('\n').Where(line => line.StartsWith('{')))
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    private protected static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>The ids of what failed, with the instance or else the service of each.</summary>
    private protected static string[] Troubles(IEnumerable<JsonElement> events) =>
    [
        .. events.Where(item => Text(item, "event") == "failed").Select(
            item => $"{Text(item, "id")} {Text(item, "instance") ?? Text(item, "service")}"),
    ];

    private protected static JsonElement[] Saved(IEnumerable<JsonElement> events) =>
        [.. events.Where(item => Text(item, "event") == "saved")];

    private static string[] ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // What is true of every line of every night.
    private static void AssertLines(JsonElement[] events)
    {
        Assert.All(events, item => Assert.All(item.EnumerateObject(), field =>
        {
            Assert.Contains(field.Value.ValueKind, new[] { JsonValueKind.String, JsonValueKind.Number });
            Assert.DoesNotContain("@{", field.Value.ToString());
            Assert.DoesNotContain("Signature", field.Value.ToString());
            Assert.DoesNotContain(field.Value.ToString(), character => char.IsControl(character));
        }));
        Assert.All(events.Where(item => Text(item, "event") == "failed"), item =>
        {
            Assert.Matches("^[A-Za-z]+$", Text(item, "id"));
            Assert.True(Text(item, "instance") is not null || Text(item, "service") is not null, item.ToString());
            Assert.Matches(@"^[^\n]+\.$", Text(item, "message"));
        });
        Assert.Equal(
            events.Count(item => Text(item, "event") == "failed"), events[^1].GetProperty("failed").GetInt32());
        Assert.Equal(Saved(events).Length, events[^1].GetProperty("saved").GetInt32());
    }
}
