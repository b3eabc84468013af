using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace BackupLinks.Sandbox.Quickstart;

/// <summary>
/// Starts the clouds, types <c>samples/quickstart.ps1</c> into a real PowerShell engine, saves every link and
/// compares the files with what the clouds hold.
/// </summary>
internal static class QuickstartRunner
{
    private const string LinksVariable = "links";

    /// <summary>Runs the quickstart.</summary>
    /// <returns>0 when every file is there and right.</returns>
    public static async Task<int> RunAsync()
    {
        await using var server = await SandboxServer.StartAsync();
        using var runspace = OpenRunspace(server);
        Console.WriteLine(
            $"BackupLinks quickstart: four cmdlets against the clouds on loopback, in PowerShell {PSVersionInfo.PSVersion}.");
        RunAsTyped(runspace, Path.Combine(Checkout.Root, "samples", "quickstart.ps1"));
        object? links = runspace.SessionStateProxy.GetVariable(LinksVariable);
        return await SaveAsync(server, links is IEnumerable list ? [.. list.Cast<object>()] : []);
    }

    private static Runspace OpenRunspace(SandboxServer server)
    {
        // The engine looks for modules there; the name is the only thing that the real one and its stand-in share.
        Environment.SetEnvironmentVariable("PSModulePath", Checkout.StandIns);
        var runspace = RunspaceFactory.CreateRunspace(new QuickstartHost(Console.Out, decorate: !Console.IsOutputRedirected), InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(Checkout.Root);
        string endpoint = server.Address.AbsoluteUri;
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddParameter("Name", "Microsoft.PowerShell.SecretManagement").AddStatement()
            .AddCommand("Set-StandInVault").AddParameter("Name", "Quickstart").AddParameter("Secrets", new Hashtable
            {
                ["HuaweiCloud"] = new Hashtable
                {
                    ["AccessKey"] = SandboxCloud.OperatorKey.AccessKey,
                    ["SecretKey"] = SandboxCloud.OperatorKey.SecretKey,
                    ["Region"] = SandboxCloud.Region,
                    ["Endpoint"] = endpoint,
                },
                ["CapitalOnline"] = new Hashtable
                {
                    ["AccessKey"] = SandboxCloud.CapitalOnlineKey.AccessKey,
                    ["SecretKey"] = SandboxCloud.CapitalOnlineKey.SecretKey,
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

    private static async Task<int> SaveAsync(SandboxServer server, IReadOnlyList<object> links)
    {
        string folder = Path.Combine(Checkout.Root, "out", "quickstart");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        Console.WriteLine();
        Console.WriteLine($"Saving {links.Count} files to {Path.GetRelativePath(Checkout.Root, folder)}:");
        using var http = new HttpClient();
        int wrong = 0;
        foreach (var link in links.Select(PSObject.AsPSObject))
        {
            var uri = (Uri)link.Properties["Uri"].Value;
            string path = Path.Combine(folder, (string)link.Properties["FileName"].Value);
            await using (var file = new FileStream(path, FileMode.CreateNew))
                await (await http.GetStreamAsync(uri)).CopyToAsync(file);
            await using var saved = File.OpenRead(path);
            string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(saved));
            bool isRight = hash == server.Cloud.FindObject(uri)?.Sha256;
            wrong += isRight ? 0 : 1;
            Console.WriteLine($"  {(isRight ? "right" : "WRONG")}  {hash[..16]}...  {saved.Length,9:N0} bytes  {Path.GetFileName(path)}");
        }

        int expected = server.Cloud.Objects.Count;
        bool isComplete = links.Count == expected;
        Console.WriteLine();
        Console.WriteLine(wrong == 0 && isComplete
            ? $"All {expected} files are right by SHA-256."
            : $"{wrong} files are wrong, and {links.Count} of {expected} were linked.");
        return wrong == 0 && isComplete ? 0 : 1;
    }
}
