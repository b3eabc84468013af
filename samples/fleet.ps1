#Requires -Version 7.4
<#
.SYNOPSIS
    Requests the links of the newest backups here, and lets several machines save them, each its part.
.DESCRIPTION
    The module here is the one that this file came with, or else the installed one. The machines are reached over SSH,
    and need PowerShell and BackupLinks. A machine renews links that expire during the download, with its own secret of
    the same name, or its environment. Other links need no credential there.

    Anyone with the links in the manifest can download the backups. The manifest is removed at the end.

    Exit code: 0 when every instance has a backup of the last 26 hours, none has failed since, and all are
    saved; else 1.
.EXAMPLE
    ./fleet.ps1 -HostName store1, store2, store3 -Destination /backups
.EXAMPLE
    pwsh -NoProfile -File fleet.ps1 -HostName store1,store2,store3 -Destination /backups
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string[]] $HostName,

    # The folder on each machine.
    [Parameter(Mandatory)]
    [string] $Destination,

    [string] $UserName = [System.Environment]::UserName,

    [string] $ManifestPath = (Join-Path ([System.IO.Path]::GetTempPath()) "backups-$PID.jsonl")
)

# Errors are counted, whatever the caller's preferences are.
$ErrorActionPreference = 'Continue'
# With -File, a list is one text.
$HostName = @($HostName -split '[,\s]+' -ne '')
$failed = @()
$isOurs = $false
try {
    if (-not (Get-Module BackupLinks)) {
        $name = 'BackupLinks'
        $module = [System.IO.Path]::Combine($PSScriptRoot, '..', 'BackupLinks.psd1')
        if ([System.IO.File]::Exists($module)) { $name = $module }
        Import-Module $name -ErrorAction Stop
    }
    Get-DcsInstance -ErrorVariable +failed | Get-DcsBackup -Latest -MaximumAge 26h -ErrorVariable +failed |
        Get-DcsBackupLink -ErrorVariable +failed |
        Export-BackupLink $ManifestPath -NoClobber -ErrorVariable +failed -WarningAction Ignore -ErrorAction Stop
    $isOurs = $true

    $jobs = for ($i = 0; $i -lt $HostName.Count; $i++) {
        $links = @(Import-BackupLink $ManifestPath -Shard "$($i + 1)/$($HostName.Count)" -ErrorVariable +failed)
        $machine = @{ HostName = $HostName[$i]; UserName = $UserName; ArgumentList = $links, $Destination }
        Invoke-Command @machine -AsJob -ScriptBlock {
            param($links, $destination)
            Import-Module BackupLinks
            $links | Save-BackupFile -Destination $destination
        }
    }
    $jobs | Receive-Job -Wait -AutoRemoveJob -ErrorVariable +failed
}
catch {
    $failed += $_
    Write-Error -ErrorRecord $_
}
finally {
    if ($isOurs) { Remove-Item -LiteralPath $ManifestPath }
}

exit [int]($failed.Count -gt 0)
