#Requires -Version 7.4
#Requires -RunAsAdministrator
<#
.SYNOPSIS
    Has Windows run nightly.ps1 every night at three.
.DESCRIPTION
    The task runs under the account that is given, whether or not it is logged on. The vault that has the key must be that
    account's, and open without a prompt: Set-SecretStoreConfiguration -Authentication None -Interaction None.
.EXAMPLE
    ./Register-NightlyTask.ps1 -Destination D:\Backups -Credential (Get-Credential DOMAIN\backups)
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)]
    [string] $Destination,

    [Parameter(Mandatory)]
    [pscredential] $Credential,

    [datetime] $At = '03:00'
)

$script = Join-Path $PSScriptRoot 'nightly.ps1'
$action = New-ScheduledTaskAction -Execute (Get-Process -Id $PID).Path -Argument "-NoProfile -NonInteractive -File `"$script`" -Destination `"$($Destination.TrimEnd('\'))`""
$trigger = New-ScheduledTaskTrigger -Daily -At $At -RandomDelay ([timespan]::FromMinutes(15))
# What was interrupted goes on where it was; a night that the machine was off is made up for.
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -RestartCount 3 -RestartInterval ([timespan]::FromMinutes(10)) -MultipleInstances IgnoreNew
if ($PSCmdlet.ShouldProcess('BackupLinks nightly', 'Register the scheduled task')) {
    Register-ScheduledTask -TaskName 'BackupLinks nightly' -Action $action -Trigger $trigger -Settings $settings -User $Credential.UserName -Password $Credential.GetNetworkCredential().Password
}
