using System.Collections;
using System.Linq;
using System.Management.Automation;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>What vaults do other than to return a secret.</summary>
public sealed class SecretReaderTests : SandboxTest
{
    private static readonly string Command = $"Get-RdsBackupFile {RdsBackupId} -SecretName Mine";

    private Hashtable Mine => new()
    {
        ["Mine"] = new Hashtable
        {
            ["AccessKey"] = ToSecure(OperatorKey.AccessKey), ["SecretKey"] = ToSecure(OperatorKey.SecretKey),
            ["Region"] = ToSecure(Region), ["Endpoint"] = ToSecure(Endpoint),
        },
    };

    [Fact]
    public void A_vault_that_is_locked_is_no_trouble_when_another_one_has_the_secret()
    {
        Module.AddVault("First", []);
        Module.AddVault("Second", [], locked: true);
        Module.AddVault("Third", Mine);

        var result = Module.Run($"$Error.Clear(); {Command}; $Error.Count");

        result.AssertSilent();
        Assert.Equal(0, result.Output[^1].BaseObject);
    }

    [Fact]
    public void A_vault_that_is_locked_may_have_had_a_secret_that_no_other_vault_has()
    {
        Module.AddVault("First", []);
        Module.AddVault("Second", [], locked: true);

        string error = Module.Run(Command).SingleError("VaultUnavailable").ToString();

        Assert.StartsWith("A registered vault is locked, so the secret 'Mine' cannot be read (", error);
        Assert.EndsWith("unlock it with Unlock-SecretVault.", error);
        error = Module.Run($"{Command} -Vault Second").SingleError("VaultUnavailable").ToString();
        Assert.StartsWith("The vault 'Second' is locked, so the secret 'Mine' cannot be read (A valid password", error);
    }

    [Fact]
    public void A_secret_that_no_vault_has_is_looked_for_in_all_of_them()
    {
        Module.AddVault("First", []);

        string error = Module.Run(Command).SingleError("SecretNotFound").ToString();

        Assert.StartsWith("There is no secret 'Mine' in any registered vault; ", error);
    }

    [Theory]
    [InlineData("throw 'the disk failed.'")]
    [InlineData("Report Broken 'the disk failed.'")]
    [InlineData("Report GetSecretNotFound 'not found'; Report Broken 'the disk failed.'")]
    public void A_vault_that_fails_says_why(string body)
    {
        Replace(body);

        string error = Module.Run($"{Command} -Vault V").SingleError("VaultUnavailable").ToString();

        Assert.StartsWith(
            "The vault 'V' failed, so the secret 'Mine' cannot be read (the disk failed); check it", error);
    }

    [Fact]
    public void The_errors_and_warnings_of_a_vault_are_not_those_of_the_command()
    {
        Replace("$PSCmdlet.WriteWarning('no default vault'); Report GetSecretNotFound 'not found'");

        var result = Module.Run($$"""
            $Error.Clear()
            try { throw 'an older one' } catch { }
            {{Command}} -ErrorAction SilentlyContinue
            $Error.ForEach{ $_.FullyQualifiedErrorId.Split(',')[0] }
            """);

        Assert.Empty(result.Warnings);
        Assert.Equal(["SecretNotFound", "an older one"], result.Output.Select(id => id.BaseObject));
    }

    [Fact]
    public void A_vault_that_returns_nothing_first_and_then_the_secret_has_the_secret()
    {
        Module.AddVault("V", Mine);
        var secret = Module.Run("Get-Secret Mine").Output.Single();
        Replace("$null; $global:Secret", secret);

        Assert.Empty(Module.Run(Command).Errors);
    }

    // In the place of SecretManagement.
    private void Replace(string body, PSObject? secret = null) => Assert.Empty(Module.Run(
        $$"""
        $global:Secret = $args[0]
        Get-Module Microsoft.PowerShell.SecretManagement | Remove-Module
        New-Module -Name Microsoft.PowerShell.SecretManagement {
            function Get-Secret {
                [CmdletBinding()] param($Name, $Vault)
                function Report($Id, $Text) {
                    $PSCmdlet.WriteError(
                        [Management.Automation.ErrorRecord]::new([Exception]::new($Text), $Id, 0, $null))
                }
                {{body}}
            }
        } | Import-Module
        """,
        secret!).Errors);
}
