using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// The invariant: whatever a cloud responds, no stream, view or error has a secret key, a password, a token or
/// a signature in it. Every command goes through success and every fault, with all streams on.
/// </summary>
public sealed class RedactionTests : SandboxTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    // A cloud, or something in its place, may send back whatever it was sent.
    private const string Echo = "Signature=ECHOEDSIGNATURE1 X-Auth-Token: ECHOEDTOKEN11111 password=ECHOEDPASSWORD1";
    private const string EchoedLink =
        "https://h.example/a.rdb?AWSAccessKeyId=AK&Expires=1893456000&Signature=ECHOEDSIGNATURE2";

    private static readonly Dictionary<string, SandboxFault?> Faults = new()
    {
        ["none"] = null,
        ["400 with an echo"] = new() { Status = 400, Body = "{\"error_code\":\"X.1\",\"error_msg\":\"" + Echo + "\"}" },
        ["401 with an echo in XML"] = new() { Status = 401, ContentType = "application/xml",
        Body = $"<Error><Code>Denied</Code><Message>{EchoedLink.Replace("&", "&amp;")} {Echo}</Message></Error>" },
        ["403 with an echo as text"] = new() { Status = 403, ContentType = "text/plain",
        Body = Echo + " " + EchoedLink },
        ["404 nested"] = new() { Status = 404, Body = "{\"error\":{\"code\":404,\"message\":\"" + EchoedLink + "\"}}" },
        ["429"] = new() { Status = 429, Body = Echo },
        ["500"] = new() { Status = 500, Body = Echo + EchoedLink },
        ["HTML"] = new() { Status = 200, ContentType = "text/html",
        Body = $"<html><a href='{EchoedLink}'>{Echo}</a></html>" },
        ["half of a JSON with a link"] = new() { Status = 200,
        Body = "{\"files\":[{\"name\":\"a\",\"download_link\":\"" + EchoedLink },
        ["JSON-escaped half"] = new() { Status = 200,
        Body = "{\"links\":[{\"link\":\""
            + EchoedLink.Replace("/", "\\/").Replace("&", "\\u0026").Replace("=", "\\u003d") },
        ["a link as a name"] = new() { Status = 200,
        Body = "{\"links\":[{\"file_name\":\"" + EchoedLink + "\",\"link\":\"x\"}],\"files\":[{\"name\":\"" + EchoedLink
            + "\"}],\"Code\":\"Success\",\"Data\":{\"BackupDownloadUrl\":\"\"},\"link\":\"not "
            + "one?Signature=ECHOEDSIGNATURE1\"}" },
        ["half a body"] = new() { Status = 200, Body = EchoedLink, MissingBytes = 100 },
        ["redirect with a secret"] = new() { Status = 307,
        Headers = new Dictionary<string, string> { ["Location"] = EchoedLink } },
        ["request id with a secret"] = new() { Status = 400, Body = "{}",
        Headers = new Dictionary<string, string> { ["X-Request-Id"] = "Signature=ECHOEDSIGNATURE1" } },
        ["reset"] = new() { Reset = true },
        ["too slow"] = new() { Delay = TimeSpan.FromMinutes(10) },
        ["the request comes back"] = new() { Status = 400, EchoRequest = true,
        Body = "{\"error_code\":\"X.1\",\"error_msg\":\"{0}\"}" },
        ["the request comes back as a page"] = new() { Status = 200, EchoRequest = true, ContentType = "text/html",
        Body = "<pre>{0}</pre>" },
        ["signature expired"] = new() { Status = 401,
        Body = "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"signature expired, " + Echo + "\"}" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Theory, MemberData(nameof(FaultNames))]
    public void Nothing_secret_is_shown_whatever_happens(string name)
    {
        if (Faults[name] is { } fault)
            Server.Faults.Add(fault);
        string file = Path.Combine(_folder, "links.jsonl");
        Module.AddVault("V", new Hashtable
        {
            ["Key"] = new Hashtable { ["AccessKey"] = OperatorKey.AccessKey, ["SecretKey"] = OperatorKey.SecretKey },
            ["Temporary"] = new Hashtable { ["AccessKey"] = TemporaryKey.AccessKey,
            ["SecretKey"] = TemporaryKey.SecretKey, ["SecurityToken"] = TemporaryKey.SecurityToken },
            ["User"] = new Hashtable { ["UserName"] = UserName, ["Password"] = Password, ["DomainName"] = DomainName },
            ["Token"] = new Hashtable { ["Token"] = "MIIReadyMadeTokenThatMustNotShow", ["ProjectId"] = ProjectId },
            ["CapitalOnline"] = new Hashtable { ["AccessKey"] = CapitalOnlineSamples.Key.AccessKey,
            ["SecretKey"] = CapitalOnlineSamples.Key.SecretKey },
        });

        var huawei = LinkCommand.All.Where(command => command.IsHuaweiCloud).ToArray();
        var others = LinkCommand.All.Except(huawei).ToArray();
        string calls = string.Join(
            "; ", huawei.Select(command => $"{command.Example} @all -SecretName $secret -Region {Region} 2>&1"));

        var result = Module.Run($$"""
            param($e, $file, $addresses)
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            $all = @{ Endpoint = $e; MaximumRetryCount = 0; TimeoutSec = {{(name == "too slow" ? 1 : 0)}} }
            $results = foreach ($secret in 'Key', 'Temporary', 'User', 'Token') {
                {{calls}}
            }
            $results += @({{string.Join("; ", others.Select(command => $"{command.Example} @all 2>&1"))}})
            $key = $all + @{ SecretName = 'Key'; Region = '{{Region}}' }
            $results += @(Get-DcsInstance @key -InstanceId {{DcsInstanceId}} 2>&1) +
                @(Get-DcsBackup @key {{DcsInstanceId}} -Latest 2>&1) + @(Get-DcsLog @key {{DcsInstanceId}} 2>&1)
            $results += @(Get-RdsInstance @key -InstanceId {{RdsInstanceId}} 2>&1) +
                @(Get-RdsBackup @key {{RdsInstanceId}} -Latest 2>&1)
            $results += @(Get-CdsInstance @all -InstanceId {{CdsInstanceId}} 2>&1) +
                @(Get-CdsBackup @all {{CdsInstanceId}} -Latest 2>&1)
            $links = @($results | Where-Object { $_ -is [BackupLinks.Links.DownloadLink] })
            $results += @($links + $addresses | Export-BackupLink $file 2>&1) + @(Import-BackupLink $file 2>&1)
            foreach ($item in $results) { $item | Out-Default; $item }
            """, Endpoint, file,
            new[] { "https://h.example/a.rdb?Signature=ECHOEDSIGNATURE3",
            "http://h.example/b.rdb?Signature=ECHOEDSIGNATURE3" });

        Assert.NotEmpty(result.Output);
        // No cloud knows the token. Seven commands list. One address is not to be exported.
        int errors = (name == "none" ? huawei.Length : (4 * huawei.Length) + others.Length + 7) + 1;
        Assert.Equal(errors, result.Output.Count(item => item.BaseObject is ErrorRecord));
        string shown = string.Join('\n', [Module.Screen, result.AllText, .. result.Output.Select(Describe)]);
        string[] secrets =
        [
            OperatorKey.SecretKey, TemporaryKey.SecretKey, TemporaryKey.SecurityToken!, Password,
            CapitalOnlineSamples.Key.SecretKey,
            "MIIReadyMadeTokenThatMustNotShow", "ECHOEDSIGNATURE", "ECHOEDTOKEN", "ECHOEDPASSWORD",
            .. Server.Cloud.Of<HuaweiAccount>().Tokens.Keys,
            .. Server.Requests.SelectMany(SignaturesOf),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, shown));
        Assert.DoesNotMatch("(?i)[?&]Signature=", shown);
    }

    // Every way to look at a result that does not ask for the address itself.
    private static string Describe(PSObject item) => item.BaseObject is ErrorRecord error
        ? string.Join(
            '\n', error, error.Exception, error.ErrorDetails, error.TargetObject, error.CategoryInfo,
            error.FullyQualifiedErrorId, error.ScriptStackTrace)
        : string.Join('\n', item.ToString(), item.BaseObject.ToString());

    private static IEnumerable<string> SignaturesOf(SandboxRequest request) =>
        Regex.Matches(request.Target + " " + request.Headers.GetValueOrDefault("Authorization"), "Signature=([^&, ]+)")
            .Select(match => match.Groups[1].Value);
}
