using System;
using System.Management.Automation;
using System.Security;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Tests.Engine;

/// <summary>A sandbox of one test class's own, and the module beside it.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    /// <summary>The beginning of a script: a function that gives objects as they come back from a file.</summary>
    private protected const string Again = """
        function again {
            process {
                [System.Management.Automation.PSSerializer]::Deserialize(
                    [System.Management.Automation.PSSerializer]::Serialize($_, 2))
            }
        }

        """;

    private protected SandboxServer Server { get; private set; } = null!;

    private protected ModuleHost Module { get; private set; } = null!;

    private protected string Endpoint => Server.Address.GetLeftPart(UriPartial.Authority);

    private protected static PSCredential Operator => ToCredential(HuaweiSamples.OperatorKey);

    private protected static PSCredential CapitalOnline => ToCredential(CapitalOnlineSamples.Key);

    public async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync();
        Module = new ModuleHost();
    }

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        await Server.DisposeAsync();
        // xunit calls one of the two only.
        (this as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static PSCredential ToCredential(SandboxKey key) => new(key.AccessKey, ToSecure(key.SecretKey));

    private protected static SecureString ToSecure(string text)
    {
        var secure = new SecureString();
        foreach (char c in text)
            secure.AppendChar(c);
        return secure;
    }

    /// <summary>
    /// Runs a command of Huawei Cloud: <c>$c</c> is a credential, <c>$e</c> the endpoint, <c>@h</c> both and the
    /// region.
    /// </summary>
    private protected RunResult Run(string script, PSCredential? credential = null) => Module.Run(
        $$"""
        param($c, $cds, $e)
        $h = @{ Credential = $c; Endpoint = $e; Region = '{{HuaweiSamples.Region}}'; RetryIntervalSec = 1 }
        $o = @{ Credential = $cds; Endpoint = $e; RetryIntervalSec = 1 }
        {{script}}
        """,
        credential ?? Operator, credential ?? CapitalOnline, Endpoint);
}
