using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using BackupLinks.Catalog;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Tests.Core.Catalog;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// What an example takes for granted: vaults, a folder, and commands that the bare engine does not have.
/// </summary>
internal sealed class ExampleStage : IDisposable
{
    private readonly ModuleHost _module = new(new HurriedClock());
    private readonly SandboxServer _server;
    private readonly string _folder = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public ExampleStage(SandboxServer server, string endpoint, PSCredential typedKey)
    {
        _server = server;
        _module.AddVault("Operations", new Hashtable
        {
            ["HuaweiCloud"] = new Hashtable
            {
                ["AccessKey"] = HuaweiSamples.OperatorKey.AccessKey,
                ["SecretKey"] = HuaweiSamples.OperatorKey.SecretKey,
                ["Region"] = HuaweiSamples.Region, ["Endpoint"] = endpoint + "/{service}",
            },
            ["CapitalOnline"] = new Hashtable
            {
                ["AccessKey"] = CapitalOnlineSamples.Key.AccessKey,
                ["SecretKey"] = CapitalOnlineSamples.Key.SecretKey,
                ["Endpoint"] = endpoint,
            },
        });
        // A key that a person types has no endpoint with it, so that one becomes the default then.
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
                end {
                    [System.IO.File]::WriteAllText(
                        [System.IO.Path]::Combine($folder, $Path),
                        [System.Management.Automation.PSSerializer]::Serialize(@($input), 3))
                }
            }
            function global:Import-Clixml {
                [CmdletBinding()]
                param([Parameter(Mandatory, Position = 0)] [string] $Path)
                [System.Management.Automation.PSSerializer]::Deserialize(
                    [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, $Path)))
            }
            """,
            _folder, endpoint, typedKey);
        Assert.True(setUp.Thrown is null && setUp.Errors.Count == 0, setUp.AllText);
        _module.Runspace.SessionStateProxy.Path.SetLocation(_folder);
    }

    /// <summary>Saves two backups of an instance before the example runs.</summary>
    /// <returns>Their paths.</returns>
    public string[] AddBackups()
    {
        string folder = Path.Combine(_folder, "backups");
        foreach (string time in new[] { "2026-01-14", "2026-01-15" })
            (SavedFile.At(time) with { Instance = "5c597ce5-9823-48aa-bf4d-2defb9385b4a" }).Save(folder);
        return Directory.GetFiles(folder);
    }

    public int FilesSaved => Saved.Length;

    private KeyValuePair<Uri, string>[] Saved =>
        [.. ((IEnumerable<object>)_module.Runspace.SessionStateProxy.GetVariable("saved"))
            .Select(item => item is PSObject wrapped ? wrapped.BaseObject : item)
            .Cast<KeyValuePair<Uri, string>>()];

    public RunResult Run(string code) => _module.Run(code);

    /// <summary>True when a file that the example names is there, with something in it.</summary>
    public bool HasFile(string code) =>
        new DirectoryInfo(_folder).GetFiles().Any(file => file.Length > 0 && code.Contains(file.Name));

    public void AssertFilesAreRight(
        string code, IReadOnlyList<SavedBackupFile> output, IReadOnlyList<string> tested)
    {
        KeyValuePair<Uri, string>[] saved = [.. Saved,
        .. output.Select(file => new KeyValuePair<Uri, string>(new Uri(file.Source), file.Path))];
        Assert.All(saved, file => Assert.Equal(
            _server.Cloud.FindObject(file.Key)!.Sha256,
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Value)))));
        // Whatever else is there is what the example says, and the catalog of what was saved.
        var others = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
            .Except(saved.Select(file => file.Value)).Except(tested)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != CatalogFolder.Name);
        Assert.All(others, file => Assert.Contains($" {Path.GetFileName(file)}", code));
    }

    public void Dispose()
    {
        _module.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
