#Requires -Version 7.4
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Registers a task that runs nightly.ps1 every night at three.
.DESCRIPTION
    The task starts the nightly.ps1 beside this file. Copy both to a permanent folder, because an update of the module
    installs a new folder.

    The task runs under the given account, whether or not that is logged on. The account needs:

    - The right "Log on as a batch job" (secpol.msc, Local Policies, User Rights Assignment), and write access to the
      destination and to the folder of the log. Write a share as \\server\share, because the task has no drive letters
      of a session.
    - BackupLinks for all users: Install-PSResource BackupLinks -Scope AllUsers
    - A vault of its own that opens without a prompt, filled in a session of that account
      (runas /user:DOMAIN\backups pwsh): see about_BackupLinks_Runbooks.

    Task Scheduler does not retry by exit code, so that the task itself does: after exit code 75, every 15 minutes, for
    three hours. Monitoring reads the exit code; the log that the configuration names has the reason:

        (Get-ScheduledTaskInfo 'BackupLinks nightly').LastTaskResult

    0 is success, 75 a night without success after all retries, 1 a night that needs attention, 2 a night that could not
    start, and 267009 a task that is still running.
.EXAMPLE
    ./Register-NightlyTask.ps1 -ConfigPath C:\Backups\nightly.psd1 -Credential (Get-Credential DOMAIN\backups)
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The configuration of nightly.ps1, which was run once with -Initialize.
    [Parameter(Mandatory)]
    [string] $ConfigPath,

    [Parameter(Mandatory)]
    [pscredential] $Credential,

    [datetime] $At = '03:00'
)

# Text in single quotes, for a command that is text.
function Get-Quoted([string] $Text) { "'" + $Text.Replace("'", "''") + "'" }

$pwsh = (Get-Process -Id $PID).Path
$nightly = Join-Path $PSScriptRoot 'nightly.ps1'
$config = (Resolve-Path -LiteralPath $ConfigPath).ProviderPath
$command = @(
    "for (`$try = 1; `$try -le 12; `$try++) {"
    "& $(Get-Quoted $pwsh) -NoProfile -NonInteractive -File $(Get-Quoted $nightly)"
    "-ConfigPath $(Get-Quoted $config);"
    'if ($LASTEXITCODE -ne 75) { break };'
    'Start-Sleep -Seconds 900 };'
    'exit $LASTEXITCODE'
) -join ' '
$encoded = [System.Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($command))
$arguments = "-NoProfile -NonInteractive -EncodedCommand $encoded"

$action = New-ScheduledTaskAction -Execute $pwsh -Argument $arguments
$trigger = New-ScheduledTaskTrigger -Daily -At $At -RandomDelay ([timespan]::FromMinutes(15))
# After a night when the machine was off, the task starts later. It also runs on battery.
$settings = @{
    StartWhenAvailable = $true; MultipleInstances = 'IgnoreNew'; ExecutionTimeLimit = [timespan]::FromHours(12)
    AllowStartIfOnBatteries = $true; DontStopIfGoingOnBatteries = $true
}
if ($PSCmdlet.ShouldProcess('BackupLinks nightly', 'Register the scheduled task')) {
    $task = @{
        TaskName = 'BackupLinks nightly'; Action = $action; Trigger = $trigger
        Settings = New-ScheduledTaskSettingsSet @settings; User = $Credential.UserName
        Password = $Credential.GetNetworkCredential().Password; Force = $true
    }
    Register-ScheduledTask @task
}
