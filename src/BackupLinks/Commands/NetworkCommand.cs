using System;
using System.Management.Automation;
using BackupLinks.Formatting;
using BackupLinks.Http;
using BackupLinks.Secrets;
using BackupLinks.Sessions;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands that send requests: retries, the proxy, and lines about requests.</summary>
public abstract class NetworkCommand : PSCmdlet
{
    private protected NetworkCommand()
    {
    }

    /// <summary>How often a failed request is sent again.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>Seconds that bound the first delay between attempts; the bound doubles with every retry.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int RetryIntervalSec { get; set; } = 2;

    /// <summary>The proxy for the requests.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The credential for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The waits of the command's requests.</summary>
    private protected RequestWaits Waits { get; } = new();

    /// <summary>Has something done on the pipeline thread, soon; from any thread.</summary>
    private protected abstract void Post(Action message);

    /// <summary>The session's transport as this command uses it. On the pipeline thread.</summary>
    /// <param name="attemptTimeout">The time for one attempt; null for no limit.</param>
    private protected RequestContext CreateContext(TimeSpan? attemptTimeout)
    {
        if (ModuleCopies.Describe(this) is { } copy)
            this.Warn(copy);
        var settings = new RequestSettings
        {
            AttemptTimeout = attemptTimeout,
            MaximumRetryCount = MaximumRetryCount,
            RetryInterval = TimeSpan.FromSeconds(RetryIntervalSec),
        };
        var proxy = ProxySettings.From(
            Proxy, ProxyCredential?.UserName, ProxyCredential is null
                ? null
                : SecretText.Reveal(ProxyCredential.Password));
        var transport = ModuleSession.Current.Transport;
        transport.Begin(proxy);
        return new RequestContext(transport, settings, proxy, new RequestLog(IsVerbose() ? Tell : null, Warn, Waits));

        // From other threads; streams may be written on the pipeline thread only.
        void Tell(string line) => Post(() => ScreenOutput.Tell(this, line));
        void Warn(string line) => Post(() => ScreenOutput.Warn(this, line));
    }

    // Lines that are not shown are not made, because there is one for every request.
    private bool IsVerbose()
    {
        if (MyInvocation.BoundParameters.TryGetValue("Verbose", out object? value) && value is SwitchParameter given)
            return given;
        return SessionState.PSVariable.GetValue("VerbosePreference") is not (
            ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }
}
