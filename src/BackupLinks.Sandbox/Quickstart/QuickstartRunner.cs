using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Security.Cryptography;
using System.Threading.Tasks;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Sandbox.TencentCloud;

namespace BackupLinks.Sandbox.Quickstart;

/// <summary>
/// Starts the clouds, types <c>samples/quickstart.ps1</c> into a real PowerShell engine, and compares the files that
/// the script has saved with what the clouds hold.
/// </summary>
internal static class QuickstartRunner
{
    private const string LinksVariable = "links";

    // Where the script saves to.
    private static readonly string Destination = Path.Combine(Checkout.Root, "out", "quickstart");

    /// <summary>Runs the quickstart.</summary>
    /// <returns>0 when every file is there and right.</returns>
    public static async Task<int> RunAsync()
    {
        if (Directory.Exists(Destination))
            Directory.Delete(Destination, recursive: true);
        await using var server = await SandboxServer.StartAsync();
        using var runspace = OpenRunspace(server);
        Console.WriteLine(
            $"BackupLinks quickstart, against the clouds on loopback, in PowerShell {PSVersionInfo.PSVersion}.");
        RunAsTyped(runspace, Path.Combine(Checkout.Root, "samples", "quickstart.ps1"));
        object? links = runspace.SessionStateProxy.GetVariable(LinksVariable);
        return Verify(server, links is IEnumerable list ? [.. list.Cast<object>()] : []);
    }

    private static Runspace OpenRunspace(SandboxServer server)
    {
        // The engine looks for modules there; the name is the only thing that the real one and its stand-in share.
        Environment.SetEnvironmentVariable("PSModulePath", Checkout.StandIns);
        var runspace = RunspaceFactory.CreateRunspace(
            new QuickstartHost(Console.Out, decorate: !Console.IsOutputRedirected),
            EngineState.Create());
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(Checkout.Root);
        string endpoint = server.Address.AbsoluteUri;
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", "Microsoft.PowerShell.SecretManagement").AddStatement()
            .AddCommand("Set-StandInVault").AddParameter("Name", "Quickstart").AddParameter("Secrets", new Hashtable
            {
                ["HuaweiCloud"] = new Hashtable
                {
                    ["AccessKey"] = HuaweiSamples.OperatorKey.AccessKey,
                    ["SecretKey"] = HuaweiSamples.OperatorKey.SecretKey,
                    ["Region"] = HuaweiSamples.Region,
                    ["Endpoint"] = endpoint,
                    // Whatever the environment names.
                    ["IamEndpoint"] = endpoint,
                },
                ["CapitalOnline"] = new Hashtable
                {
                    ["AccessKey"] = CapitalOnlineSamples.Key.AccessKey,
                    ["SecretKey"] = CapitalOnlineSamples.Key.SecretKey,
                    ["Endpoint"] = endpoint,
                },
                ["AlibabaCloud"] = new Hashtable
                {
                    ["AccessKey"] = AlibabaSamples.Key.AccessKey,
                    ["SecretKey"] = AlibabaSamples.Key.SecretKey,
                    ["Region"] = AlibabaSamples.Region,
                    ["Endpoint"] = endpoint,
                },
                ["TencentCloud"] = new Hashtable
                {
                    ["AccessKey"] = TencentSamples.Key.AccessKey,
                    ["SecretKey"] = TencentSamples.Key.SecretKey,
                    ["Region"] = TencentSamples.Region,
                    ["Endpoint"] = endpoint,
                },
            });
        shell.Invoke();
        return runspace;
    }

    private static void RunAsTyped(Runspace runspace, string path)
    {
        var script = Parser.ParseFile(path, out var tokens, out var errors);
        if (errors.Length > 0)
            throw new InvalidDataException($"{path}: {errors[0].Message}");
        int shown = 0;
        foreach (var statement in script.EndBlock.Statements)
        {
            // Comments that stand above a statement are shown with it.
            foreach (var comment in tokens.Where(token => token.Kind == TokenKind.Comment
                && token.Extent.StartOffset >= shown && token.Extent.EndOffset <= statement.Extent.StartOffset))
            {
                Console.WriteLine();
                Console.Write(comment.Text);
            }

            shown = statement.Extent.EndOffset;
            Console.WriteLine();
            Console.WriteLine($"PS> {statement.Extent.Text}");
            using var shell = PowerShell.Create(runspace);
            shell.AddScript(statement.Extent.Text, useLocalScope: false);
            shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            shell.AddCommand("Out-Default");
            shell.Invoke();
        }
    }

    private static int Verify(SandboxServer server, IReadOnlyList<object> links)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"The files in {Path.GetRelativePath(Checkout.Root, Destination)}, compared with the objects of the "
                + "clouds:");
        var others = Directory.Exists(Destination) ? Directory.GetFiles(Destination).ToHashSet() : [];
        int wrong = 0;
        foreach (var link in links.Select(PSObject.AsPSObject))
        {
            string path = Path.Combine(Destination, (string)link.Properties["FileName"].Value);
            byte[]? content = others.Remove(path) ? File.ReadAllBytes(path) : null;
            string? hash = content is null ? null : Convert.ToHexStringLower(SHA256.HashData(content));
            bool isRight = hash is not null
                && hash == server.Cloud.FindObject((Uri)link.Properties["Uri"].Value)?.Sha256;
            wrong += isRight ? 0 : 1;
            Console.WriteLine(
                $"  {(isRight ? "right" : "WRONG")}  {(hash is null ? "not there" : hash[..16] + "..."),-19} "
                    + $" {content?.Length ?? 0,9:N0} bytes  {Path.GetFileName(path)}");
        }

        foreach (string path in others)
            Console.WriteLine($"  WRONG  unknown file   {Path.GetFileName(path)}");
        wrong += others.Count;
        // The services of the quickstart; the clouds have more.
        var dcs = server.Cloud.Of<DcsFleet>()[HuaweiSamples.DcsInstanceId];
        int expected = dcs.Backups.Values.Sum(backup => backup.Files.Count) + dcs.Logs.Count
            + server.Cloud.Of<HuaweiCloud.RdsFleet>().Files.Values.Sum(files => files.Count)
            + server.Cloud.Of<CapitalOnline.RedisFleet>().Files.Count + server.Cloud.FindNewestSample().Count
            + server.Cloud.FindNewestTencentSample().Count;
        bool isComplete = links.Count == expected;
        Console.WriteLine();
        Console.WriteLine(wrong == 0 && isComplete
            ? $"All {expected} files are right by SHA-256."
            : $"{wrong} files are wrong, and {links.Count} of {expected} were linked.");
        return wrong == 0 && isComplete ? 0 : 1;
    }
}
