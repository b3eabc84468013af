using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Secrets;

/// <summary>
/// Reads secrets with <c>Get-Secret</c>, in the caller's session and on the pipeline thread: SecretManagement
/// is not thread-safe, and a vault may prompt.
/// </summary>
internal sealed class SecretReader(PSCmdlet cmdlet)
{
    private const string Command = @"Microsoft.PowerShell.SecretManagement\Get-Secret";

    // One reader a process: with ForEach-Object -Parallel, SecretManagement fails on what it shares between runspaces.
    private static readonly object Gate = new();

    private readonly Dictionary<(string Name, string? Vault), object> _secrets = [];

    /// <summary>True when SecretManagement is installed.</summary>
    public bool IsAvailable() =>
        cmdlet.InvokeCommand.GetCommand(Command, CommandTypes.Cmdlet | CommandTypes.Function) is not null;

    /// <summary>Reads a secret, once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="vault">Its vault; null for SecretManagement's own search order.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.SecretManagementNotAvailable"/>, <see cref="ErrorKind.SecretNotFound"/> or
    /// <see cref="ErrorKind.VaultUnavailable"/>.
    /// </exception>
    public object Read(string name, string? vault)
    {
        if (!_secrets.TryGetValue((name, vault), out object? secret))
            _secrets.Add((name, vault), secret = ReadFromVault(name, vault));
        return secret;
    }

    private PSObject ReadFromVault(string name, string? vault)
    {
        if (!IsAvailable())
        {
            throw new BackupLinksException(
                ErrorKind.SecretManagementNotAvailable,
                $"The secret '{ScreenText.Excerpt(name)}' cannot be read because the module "
                    + "Microsoft.PowerShell.SecretManagement is not installed; "
                + "install it and a vault, or pass -Credential.");
        }

        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        // It warns of every vault that there is none of, at each call; this command says what matters of that.
        shell.AddCommand(Command).AddParameter("Name", name).AddParameter(
            "WarningAction", ActionPreference.SilentlyContinue);
        if (vault is not null)
            shell.AddParameter("Vault", vault);
        ErrorRecord? thrown = null;
        var history = ErrorHistory();
        int before = history?.Count ?? 0;
        EnterGate();
        try
        {
            if (shell.Invoke().FirstOrDefault(result => result is not null) is { } secret)
                return secret;
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            thrown = e.ErrorRecord;
        }
        finally
        {
            Monitor.Exit(Gate);
            // The command reports its own error, not the one that Get-Secret left in $Error.
            while (history?.Count > before)
                history.RemoveAt(0);
        }

        // Get-Secret goes through all vaults and reports each that fails; any of those may have had the secret.
        var errors = thrown is null ? shell.Streams.Error.ToArray() : [thrown];
        throw errors.FirstOrDefault(error => !HasId(error, "GetSecretNotFound")) is { } failure
            ? Unavailable(name, vault, failure)
            : new BackupLinksException(
                ErrorKind.SecretNotFound,
                $"There is no secret '{ScreenText.Excerpt(name)}' in {Describe(vault)}; store it with Set-Secret, or "
                    + "check -SecretName and -Vault.");
    }

    private ArrayList? ErrorHistory() =>
        cmdlet.SessionState.PSVariable.GetValue("global:Error") is { } value
            ? (value is PSObject wrapped ? wrapped.BaseObject : value) as ArrayList
            : null;

    private void EnterGate()
    {
        while (!Monitor.TryEnter(Gate, TimeSpan.FromMilliseconds(100)))
        {
            if (cmdlet.Stopping)
                throw new PipelineStoppedException();
        }
    }

    private static BackupLinksException Unavailable(string name, string? vault, ErrorRecord failure)
    {
        if (HasId(failure, "GetSecretVaultNotFound"))
        {
            return new BackupLinksException(
                ErrorKind.VaultUnavailable,
                $"The vault '{ScreenText.Excerpt(vault)}' is not registered, so the secret "
                    + $"'{ScreenText.Excerpt(name)}' cannot be read; register it with Register-SecretVault, or check "
                    + "-Vault.");
        }

        bool isLocked = failure.Exception.GetType().Name == "PasswordRequiredException"
            || failure.FullyQualifiedErrorId.Contains("PasswordRequired");
        string advice = isLocked ? "unlock it with Unlock-SecretVault" : "check it with Test-SecretVault";
        string state = isLocked ? "is locked" : "failed";
        string reason = ScreenText.Excerpt(failure.Exception.Message, 200).TrimEnd('.');
        return new BackupLinksException(
            ErrorKind.VaultUnavailable,
            $"{(vault is null ? "A registered vault" : $"The vault '{ScreenText.Excerpt(vault)}'")} {state}, so the "
                + $"secret '{ScreenText.Excerpt(name)}' cannot be read ({reason}); {advice}.");
    }

    private static string Describe(string? vault) =>
        vault is null ? "any registered vault" : $"the vault '{ScreenText.Excerpt(vault)}'";

    private static bool HasId(ErrorRecord error, string id) =>
        error.FullyQualifiedErrorId.Split(',')[0].Equals(id, StringComparison.OrdinalIgnoreCase);
}
