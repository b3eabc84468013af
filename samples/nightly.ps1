#Requires -Modules BackupLinks
<#
.SYNOPSIS
    Saves the newest backup of every instance, and says how it went.
.DESCRIPTION
    A folder for the night has a folder for each instance.

    For a scheduler: systemd/ and Register-NightlyTask.ps1 beside this file start it every night. It can be run again at any
    time of the same day: what is there is recognised, and what was interrupted goes on where it was.

    The credential, the region and the endpoint are in the secret HuaweiCloud, or CapitalOnline, of the default vault, or in
    the environment: see about_BackupLinks.

    Exit code: 0 when every backup is there, 1 when one is not, 2 when none is.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File nightly.ps1 -Destination /backups -Service Dcs,Rds
#>
[CmdletBinding()]
param(
    # The folder with a folder for each night.
    [Parameter(Mandatory)]
    [string] $Destination,

    # Dcs, Rds, Cds.
    [string[]] $Service = @('Dcs', 'Rds'),

    # Bytes a second, all files together.
    [long] $BandwidthLimit = 50MB,

    # One JSON object a line, for whatever collects logs.
    [string] $LogPath = (Join-Path $Destination 'nightly.jsonl')
)

# What fails is counted, whatever the caller makes of errors.
$ErrorActionPreference = 'Continue'
$log = @{ LiteralPath = $LogPath }

function Write-Event([string] $Name, [System.Collections.IDictionary] $Data = @{}) {
    $line = [ordered]@{ time = [datetime]::UtcNow.ToString('o'); event = $Name }
    foreach ($key in $Data.Keys) { $line[$key] = $Data[$key] }
    Add-Content @log -Value (ConvertTo-Json $line -Compress)
}

function Write-Failure($ErrorRecord) {
    # What is thrown has its message for an id.
    $id = if ($ErrorRecord.FullyQualifiedErrorId.StartsWith("$ErrorRecord")) { $ErrorRecord.Exception.GetType().Name } else { $ErrorRecord.FullyQualifiedErrorId -replace ',.*' }
    Write-Event 'failed' ([ordered]@{ id = $id; target = "$($ErrorRecord.TargetObject)"; message = "$ErrorRecord" })
}

# With -File, a list is one text.
$Service = @($Service -split '[,\s]+' -ne '')
$null = New-Item -ItemType Directory -Path $Destination -Force
$night = Join-Path $Destination (Get-Date -Format 'yyyy-MM-dd')
$failed = @()
$saved = @()
Write-Event 'started' @{ services = $Service -join ' ' }

# Dot-sourced, so that all errors come together in one variable. What one service lacks is not the others' loss.
$links = . {
    foreach ($name in $Service) {
        try {
            switch ($name) {
                'Dcs' { Get-DcsInstance -ErrorVariable +failed | Get-DcsBackup -Latest -ErrorVariable +failed | Get-DcsBackupLink -ErrorVariable +failed }
                'Rds' { Get-RdsInstance -ErrorVariable +failed | Get-RdsBackup -Latest -ErrorVariable +failed | Get-RdsBackupFile -ErrorVariable +failed }
                'Cds' { Get-CdsInstance -ErrorVariable +failed | Get-CdsBackup -Latest -ErrorVariable +failed | Get-CdsBackupDownload -ErrorVariable +failed }
                default { throw [System.ArgumentException]::new("There is no service '$name': Dcs, Rds and Cds are known.") }
            }
        }
        catch {
            $failed += $_
            Write-Error -ErrorRecord $_
        }
    }
}

foreach ($instance in $links | Group-Object -Property InstanceId) {
    # A folder for each instance: files of several may have the same name.
    $save = @{ Destination = Join-Path $night ($instance.Name -replace '[^\w-]', '_'); BandwidthLimit = $BandwidthLimit }
    try {
        $null = $instance.Group | Save-BackupFile @save -ErrorVariable notSaved -OutVariable +saved
        # Once more, with new links: a store that was busy may be so no longer.
        $failed += @($notSaved | Where-Object { $null -eq $_.TargetObject })
        $again = @($notSaved | ForEach-Object { $_.TargetObject })
        if ($again) { $null = $again | Save-BackupFile @save -ErrorVariable +failed -OutVariable +saved }
    }
    catch {
        $failed += $_
        Write-Error -ErrorRecord $_
    }
}

foreach ($file in $saved) {
    Write-Event 'saved' ([ordered]@{
            instance = $file.InstanceId; backup = $file.BackupId; path = $file.Path; size = $file.Size; sha256 = $file.Sha256
            status = "$($file.Status)"; seconds = [Math]::Round($file.Duration.TotalSeconds, 1)
        })
}

# Of a command that ended, the variable has the exception besides.
$failed = @($failed | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
foreach ($item in $failed) { Write-Failure $item }
$exitCode = if (-not $saved) { 2 } elseif ($failed) { 1 } else { 0 }
Write-Event 'finished' ([ordered]@{ saved = $saved.Count; failed = $failed.Count; exitCode = $exitCode })
"$($saved.Count) files saved, $($failed.Count) errors; see $LogPath"
exit $exitCode
