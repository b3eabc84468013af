using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Engine;

/// <summary>A sandbox of a test's own, and the module beside it; or those of its class.</summary>
/// <param name="shared">Those of the class; null for a test that has its own.</param>
public abstract class SandboxTest(SandboxFixture? shared = null) : IAsyncLifetime
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

    private int _before;

    private protected SandboxServer Server { get; private set; } = null!;

    private protected ModuleHost Module { get; private set; } = null!;

    /// <summary>The requests of this test, in the order of their responses.</summary>
    private protected IReadOnlyList<SandboxRequest> Requests => [.. Server.Requests.Skip(_before)];

    private protected string Endpoint => Server.Address.GetLeftPart(UriPartial.Authority);

    private protected static PSCredential Operator => ToCredential(HuaweiSamples.OperatorKey);

    private protected static PSCredential CapitalOnline => ToCredential(CapitalOnlineSamples.Key);

    public async ValueTask InitializeAsync()
    {
        Server = shared?.Server ?? await SandboxServer.StartAsync();
        Module = shared?.Module ?? new ModuleHost();
        // A request that the last test gave up is noted when the sandbox sees that.
        Assert.True(SpinWait.SpinUntil(() => Server.Active == 0, TestTimeout.Hang));
        _before = Server.Requests.Count;
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is null)
        {
            Module.Dispose();
            await Server.DisposeAsync();
        }
        else
        {
            Server.Faults.Clear();
        }

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
