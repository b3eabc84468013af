# Stands in for Microsoft.PowerShell.SecretManagement where that is not installed: the same command, the same
# types, the same errors (SecretManagement 1.1.2, src/code/SecretManagement.cs). Vaults are tables in memory.
#
# $Vaults holds vault name -> @{ Secrets = @{ name -> value }; Locked = $false }; the first vault is the default.

$script:Vaults = [ordered]@{}

class PasswordRequiredException : System.InvalidOperationException {
    PasswordRequiredException([string] $message) : base($message) { }
}

function ConvertTo-Secure([string] $Text) {
    $secure = [System.Security.SecureString]::new()
    foreach ($character in $Text.ToCharArray()) { $secure.AppendChar($character) }
    $secure.MakeReadOnly()
    , $secure
}

# One level deep, as the real module does it.
function ConvertTo-Output($Value, [bool] $AsPlainText) {
    if ($Value -is [hashtable]) {
        $table = @{}
        foreach ($key in $Value.Keys) {
            $item = $Value[$key]
            if ($item -is [string] -and -not $AsPlainText) { $item = ConvertTo-Secure $item }
            $table.Add($key, $item)
        }
        return , $table
    }
    if ($Value -is [string] -and -not $AsPlainText) { return , (ConvertTo-Secure $Value) }
    , $Value
}

function Get-LockedError {
    [PasswordRequiredException]::new(
        'A valid password is required to access the Microsoft.PowerShell.SecretStore vault.')
}

function Get-Secret {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string] $Name,
        [Parameter(Position = 1)] [string] $Vault,
        [switch] $AsPlainText
    )
    process {
        if ($Vault -and -not $script:Vaults.Contains($Vault)) {
            $PSCmdlet.ThrowTerminatingError([System.Management.Automation.ErrorRecord]::new(
                    [System.Management.Automation.PSInvalidOperationException]::new(
                        "Vault not found in registry: $Vault"),
                    'GetSecretVaultNotFound', 'ObjectNotFound', $null))
        }
        $isFirst = $true
        foreach ($entry in @($script:Vaults.Keys)) {
            if ($Vault -and $entry -ne $Vault) { continue }
            if ($script:Vaults[$entry].Locked) {
                # The default vault throws when it was not asked for by name; a named one reports.
                if ($isFirst -and -not $Vault) { throw (Get-LockedError) }
                $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new(
                        (Get-LockedError), 'GetSecretException', 'InvalidOperation', $null))
                if ($Vault) { return }
            }
            elseif ($script:Vaults[$entry].Secrets.ContainsKey($Name)) {
                return ConvertTo-Output $script:Vaults[$entry].Secrets[$Name] $AsPlainText
            }
            $isFirst = $false
        }
        $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new(
                [System.Management.Automation.ItemNotFoundException]::new("The secret $Name was not found."),
                'GetSecretNotFound', 'ObjectNotFound', $null))
    }
}

function Get-SecretInfo {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Name = '*', [Parameter(Position = 1)] [string] $Vault)
    foreach ($entry in @($script:Vaults.Keys)) {
        if ($Vault -and $entry -ne $Vault) { continue }
        if ($script:Vaults[$entry].Locked) { throw (Get-LockedError) }
        foreach ($secret in @($script:Vaults[$entry].Secrets.Keys)) {
            if ($secret -like $Name) { [pscustomobject] @{ Name = $secret; VaultName = $entry } }
        }
    }
}

function Get-SecretVault {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Name = '*')
    foreach ($entry in @($script:Vaults.Keys)) {
        if ($entry -like $Name) { [pscustomobject] @{ Name = $entry } }
    }
}

# Only here: the real module has Register-SecretVault and Set-Secret, and a vault extension behind them.
function Set-StandInVault {
    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
        'PSUseShouldProcessForStateChangingFunctions', '', Justification = 'For tests: a table in memory')]
    param([Parameter(Mandatory)] [string] $Name, [hashtable] $Secrets = @{}, [switch] $Locked)
    $script:Vaults[$Name] = @{ Secrets = $Secrets; Locked = [bool] $Locked }
}

Export-ModuleMember -Function Get-Secret, Get-SecretInfo, Get-SecretVault, Set-StandInVault
