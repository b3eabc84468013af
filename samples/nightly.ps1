<#
.SYNOPSIS
    Saves, tests, keeps and watches the newest backup of every instance, and logs every problem.
.DESCRIPTION
    A run lists the instances of every service that has a credential, saves the newest backup of each, tests the files,
    removes the backups that no rule keeps, tests a part of the older files again, and reports the state of every
    instance. Lists, links and files that fail are retried once before they count. It can run again at any time:
    complete files are recognised, and interrupted downloads resume.

    The destination has a folder for each day on which backups were begun, and in it a folder for each instance. It must
    have been prepared once with -Initialize: a folder without a catalog may be the empty mount point of a volume that
    is not mounted, and a run writes nothing there.

    To start it every night, use systemd/, Register-NightlyTask.ps1 or kubernetes/nightly.yaml beside this file. The
    module is the one that this file came with, or else the installed one.

    Get-BackupService lists the services, and about_BackupLinks says where credentials are. A file of
    $env:CREDENTIALS_DIRECTORY, as systemd and Kubernetes mount them, stands for the environment variable of its name:
    HUAWEICLOUD_SDK_AK, CDS_ACCESS_KEY_ID, and so on.

    The configuration is a PowerShell data file. Relative paths in it begin at its own folder. Its keys:

    Destination     The folder with the backups. The only key that is required.
    Service         Services, as Get-BackupService takes them; when omitted, all that have a credential.
    Region          Regions; when omitted, those of the credential.
    MaximumAge      The highest age of the newest backup of an instance: '26h'.
    Test            Whether each file is tested while it comes: $true.
    Keep            The rules of Remove-BackupFile: @{ Daily = 7; Weekly = 5; Monthly = 12 }. When omitted, no file is
                    removed.
    TimeZone        The zone of days, weeks and months; when omitted, that of the machine.
    ScrubDays       Files are tested again after so many days: 30; 0 for never.
    ScrubLimit      The bytes that are tested again in one run, at the most: 100GB. A file that is larger is tested
                    alone.
    BandwidthLimit  Bytes a second, all files together: 50MB.
    MinimumFree     The free space that the destination needs at the start, in bytes: 1GB.
    LogPath         The log, with a JSON object on each line: nightly.jsonl; '-' for standard output.
    LogKeep         How many earlier logs of 10 MB are kept: 7.
    ReportPath      The page for people (HTML); when omitted, there is none.
    StatusPath      The states as JSON; when omitted, there is none.
    MetricsPath     The gauges for Prometheus; when omitted, there are none.
    NotifyUri       Takes a POST with JSON when a run has trouble, or a state changes; when omitted, there is none.

    Exit codes:
     0  Success: every instance has a backup that is young enough, whole, and saved.
    75  Retry later: the failure is temporary, or another run with the configuration or the destination is in progress.
        A retry repeats only what is missing. Two configurations of one destination start at different times.
     1  Needs attention: the log has the id of each problem, with the instance or the service.
     2  Nothing was done, and a retry does not help: the configuration, the destination, the module or a credential.
        Or the volume of the destination went away during the run.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File nightly.ps1 -ConfigPath /etc/backuplinks/nightly.psd1 -Initialize
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File nightly.ps1 -ConfigPath /etc/backuplinks/nightly.psd1
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The configuration.
    [Parameter(Mandatory)]
    [string] $ConfigPath,

    # Prepares the destination, which must exist, and ends.
    [switch] $Initialize
)

# Errors are counted, whatever the caller's preferences are.
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
# Ids of temporary errors, and of those that a retry would only repeat.
$passing = 'Throttled', 'ServiceUnavailable', 'RequestTimeout', 'Stalled', 'Conflict', 'ObjectChanged', 'FileInUse',
    'NotReady', 'NotSaved', 'LinkExpired', 'LinkRenewalFailed', 'HashMismatch', 'CatalogUnavailable', 'NotifyFailed'
# The states that need attention; those of the cloud's silence pass.
$alarms = 'NoBackupInCloud', 'Damaged', 'Missing', 'Stale', 'Failed', 'Suspicious', 'Unreachable'
$isDryRun = [bool] $WhatIfPreference
# The cmdlets are told by parameter.
$WhatIfPreference = $false

$configFile = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ConfigPath)
$config = @{
    MaximumAge = '26h'; Test = $true; ScrubDays = 30; ScrubLimit = 100GB; BandwidthLimit = 50MB; MinimumFree = 1GB
    LogPath = 'nightly.jsonl'; LogKeep = 7
}
$kinds = @{
    Destination = [string]; Service = [string[]]; Region = [string[]]; MaximumAge = [string]; Test = [bool]
    Keep = [hashtable]; TimeZone = [string]; ScrubDays = [int]; ScrubLimit = [long]; BandwidthLimit = [long]
    MinimumFree = [long]; LogPath = [string]; LogKeep = [int]; ReportPath = [string]; StatusPath = [string]
    MetricsPath = [string]; NotifyUri = [uri]
}
$rules = 'Last', 'Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly', 'Within', 'WithinHourly', 'WithinDaily',
    'WithinWeekly', 'WithinMonthly', 'WithinYearly'
$zone = [System.TimeZoneInfo]::Local
$everything = @{ service = 'all' }
$logFile = $stateFile = $oldStateFile = $null
# The services of which backups can be saved.
$saveable = @{}
$run = @{
    Instances = @{}; Backups = @{}; Links = @{}; Reached = @{}; Files = @{}; Paths = @{}; Apart = @{}; Complete = @{}
    Wanted = @{}; Linked = @{}; Unnoted = @{}; Trouble = @(); Told = @(); Reported = @{}; States = @(); Locks = @()
    SavedCount = 0; RemovedCount = 0; TestedCount = 0
}

# The framework's message of a failure, as a part of a sentence.
function Get-Reason($Record) { $Record.Exception.GetBaseException().Message.TrimEnd('.') }

# --- The log

function Write-Event([string] $Name, [System.Collections.IDictionary] $Data) {
    $line = [ordered]@{ time = [datetime]::UtcNow.ToString('o'); event = $Name }
    # Texts and numbers only: an object would be dumped.
    foreach ($key in $Data.Keys) {
        $value = $Data[$key]
        if ($value -is [int] -or $value -is [long] -or $value -is [double]) { $line[$key] = $value }
        elseif ("$value") { $line[$key] = "$value" -replace '\s+', ' ' }
    }
    $text = ConvertTo-Json $line -Compress
    if ($script:logFile) {
        try {
            [System.IO.File]::AppendAllText($script:logFile, "$text`n")
            return
        }
        catch {
            # From here on the lines are on standard output, with one about this.
            $script:logFile = $null
            $message = "The log '$($config.LogPath)' cannot be written ($(Get-Reason $_)); choose another LogPath."
            Add-Trouble LogUnavailable $message $everything
        }
    }
    $Host.UI.WriteLine($text)
}

function Write-Remark([string] $Message, [string] $Service = $everything.service) {
    $line = [ordered]@{ id = $null; service = $Service; instance = $null; message = $Message }
    if ($Message -match "^Instance '.*' \((?<id>.+)\) of (?<service>\S+) is no longer listed;") {
        $line.id, $line.service, $line.instance = 'Gone', $Matches.service, $Matches.id
    }
    elseif ($Message -match '\bthe catalog\b.* cannot be read') {
        $line.id = 'CatalogDamaged'
    }
    Write-Event warning $line
}

function Add-Trouble([string] $Id, [string] $Message, [System.Collections.IDictionary] $About) {
    # A retry may report the same problem again.
    $key = "$Id $($About.service) $($About.instance) $($About.backup) $Message"
    if ($run.Reported[$key]) { return }
    $run.Reported[$key] = $true
    $run.Trouble += $Id
    $line = [ordered]@{
        id = $Id; service = $About.service; instance = $About.instance; name = $About.name; backup = $About.backup
        message = $Message
    }
    $run.Told += $line
    Write-Event failed $line
}

# Logs of 10 MB become name.1, name.2 and so on; the oldest goes.
function Switch-Log {
    if (-not $logFile) { return }
    try {
        if (-not [System.IO.File]::Exists($logFile) -or [System.IO.FileInfo]::new($logFile).Length -lt 10MB) { return }
        [System.IO.File]::Delete("$logFile.$($config.LogKeep)")
        for ($i = $config.LogKeep - 1; $i -ge 1; $i--) {
            if ([System.IO.File]::Exists("$logFile.$i")) { [System.IO.File]::Move("$logFile.$i", "$logFile.$($i + 1)") }
        }
        if ($config.LogKeep -gt 0) { [System.IO.File]::Move($logFile, "$logFile.1") }
        else { [System.IO.File]::Delete($logFile) }
    }
    catch {
        Write-Remark "The log '$logFile' cannot be renamed ($(Get-Reason $_)); it grows on."
    }
}

# --- Subjects of errors

# The instance and the backup that an error is about.
function Get-Subject($Record) {
    $instance = $backup = $null
    $service = $everything.service
    foreach ($source in $Record.Exception, $Record.TargetObject) {
        if (-not $instance) { $instance = $source.InstanceId }
        if (-not $backup) { $backup = $source.BackupId }
    }
    # A list that failed, an object, or an id.
    if ($Record.TargetObject.Service) { $service = "$($Record.TargetObject.Service)" }
    if ($Record.TargetObject -is [string]) {
        if ([System.IO.Path]::IsPathRooted($Record.TargetObject)) { $instance = $run.Paths[$Record.TargetObject] }
        elseif ($run.Backups[$Record.TargetObject]) { $backup = $Record.TargetObject }
        elseif (-not $instance) { $instance = $Record.TargetObject }
    }
    if (-not $instance -and $backup) { $instance = $run.Backups["$backup"] }
    $known = $run.Instances["$instance"]
    if ($known) { $service = $known.service }
    @{ service = $service; instance = $instance; name = $known.name; backup = $backup }
}

function Get-ErrorId($Record) {
    # What is thrown has its message for an id.
    if ($Record.FullyQualifiedErrorId.StartsWith("$Record")) { $Record.Exception.GetType().Name }
    else { $Record.FullyQualifiedErrorId -replace ',.*' }
}

function Add-Failure($Record) {
    $about = Get-Subject $Record
    # Nothing is removed of an instance about which anything went wrong.
    $run.Reached["$($about.instance)"] = $false
    Add-Trouble (Get-ErrorId $Record) "$Record" $about
}

# Runs a command with @common among its parameters. The output has what it gave, and its errors; warnings are logged.
function Invoke-Attempt([scriptblock] $Script) {
    $problems = @()
    $warnings = @()
    $ended = $null
    $output = [System.Collections.Generic.List[object]]::new()
    $common = @{
        ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue'
        WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue'
    }
    try {
        . $Script | ForEach-Object { $output.Add($_) }
    }
    catch {
        $ended = $_
    }
    foreach ($warning in $warnings) { Write-Remark "$warning" }

    # Of a command that ended, the variable has the exception besides.
    $problems = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
    if ($ended) { $problems = @($problems | Where-Object { $_.Exception -ne $ended.Exception }) + $ended }
    @{ Output = $output; Problems = $problems; HasEnded = [bool] $ended }
}

# Runs a command for some items, and once more for those that failed.
function Invoke-Twice([string] $Command, [hashtable] $Parameters, [string] $Key, [object[]] $Items) {
    $left = $Items
    $given = @{}
    for ($try = 1; $try -le 2; $try++) {
        $attempt = Invoke-Attempt { $left | & $Command @Parameters @common }
        foreach ($item in $attempt.Output) {
            $name = "$($item.InstanceId) $($item.$Key) $($item.FileName)"
            if (-not $given[$name]) { $item }
            $given[$name] = $true
        }
        if (-not $attempt.Problems) { return }
        if (-not $attempt.HasEnded) {
            $ids = @($attempt.Problems | ForEach-Object { (Get-Subject $_)['instance', 'backup'] })
            $left = @($Items | Where-Object {
                    $id = if ($_.BackupId) { $_.BackupId } else { $_.InstanceId }
                    $ids -contains $id
                })
        }
        # An error that names none of them is not worth a guess.
        if ($try -eq 2 -or -not $left) {
            foreach ($problem in $attempt.Problems) { Add-Failure $problem }
            return
        }
    }
}

# --- Configuration and destination

# The problem of the configuration; nothing when there is none. Its valid entries count also then: who is told, where.
function Read-Config {
    if (-not [System.IO.File]::Exists($configFile)) { return "The configuration '$ConfigPath' does not exist." }
    $tokens = $errors = $null
    try {
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($configFile, [ref] $tokens, [ref] $errors)
        if ($errors) { return "The configuration '$ConfigPath' is not valid: $($errors[0].Message)" }
        $table = $ast.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false)
        if (-not $table) { return "The configuration '$ConfigPath' has no table; write @{ Destination = '/backups' }." }
        $given = $table.SafeGetValue()
    }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] {
        return "The configuration '$ConfigPath' cannot be read ($(Get-Reason $_)); check its permissions."
    }
    catch {
        # The framework's message quotes all of it.
        return "The configuration '$ConfigPath' has a variable or a command; write constants only."
    }
    $run.IsConfigured = $true
    $problems = @()
    $names = [string[]] @($given.Keys)
    [array]::Sort($names, [System.StringComparer]::Ordinal)
    foreach ($key in $names) {
        if (-not $kinds.ContainsKey($key)) {
            $nearest = Get-Nearest $key $kinds.Keys
            $problems += "The configuration has a key '$key', which is not known; the nearest is '$nearest'."
            continue
        }
        # A text of digits is a number, and a word is not true or false.
        $isWrong = switch ($kinds[$key]) {
            ([bool]) { $given[$key] -isnot [bool] }
            ([hashtable]) { $given[$key] -isnot [hashtable] }
            { $_ -eq [int] -or $_ -eq [long] } {
                $number = $given[$key] -as $_
                $null -eq $number -or $number -lt 0 -or $given[$key] -is [bool]
            }
            default { $null -eq $given[$key] -or "$($given[$key])".Trim() -eq '' }
        }
        if ($isWrong) {
            $problems += "The configuration's $key cannot be '$($given[$key])'; see the description of nightly.ps1."
            continue
        }
        $config[$key] = $given[$key] -as $kinds[$key]
    }
    $root = [System.IO.Path]::GetDirectoryName($configFile)
    foreach ($key in 'Destination', 'LogPath', 'ReportPath', 'StatusPath', 'MetricsPath') {
        if (-not $config[$key] -or $config[$key] -eq '-') { continue }
        $config[$key] = [System.IO.Path]::GetFullPath($config[$key], $root)
    }
    if ($config.NotifyUri -and -not ($config.NotifyUri.IsAbsoluteUri -and $config.NotifyUri.Scheme -match '^https?$')) {
        $problems += "The configuration's NotifyUri is not the address of a web page; write https://..."
        $config.Remove('NotifyUri')
    }
    if ($problems) { return $problems[0] }
    if (-not $config.Destination) { return "The configuration has no Destination; write Destination = '/backups'." }
    $names = [string[]] @($config.Keep.Keys | Where-Object { $_ })
    [array]::Sort($names, [System.StringComparer]::Ordinal)
    foreach ($rule in $names) {
        if ($rules -notcontains $rule) {
            $nearest = Get-Nearest $rule $rules
            return "The configuration's Keep has a rule '$rule', which is not known; the nearest is '$nearest'."
        }
    }
    if ($config.TimeZone) {
        try { $script:zone = [System.TimeZoneInfo]::FindSystemTimeZoneById($config.TimeZone) }
        catch {
            return "The configuration's TimeZone '$($config.TimeZone)' is not known; write one such as 'Asia/Shanghai'."
        }
    }
}

function Get-Nearest([string] $Word, $Words) {
    $best = $null
    $least = [int]::MaxValue
    foreach ($each in $Words) {
        $distance = Get-Distance $Word.ToLowerInvariant() $each.ToLowerInvariant()
        if ($distance -lt $least -or ($distance -eq $least -and $each -lt $best)) { $best, $least = $each, $distance }
    }
    $best
}

# The number of letters to insert, remove or replace.
function Get-Distance([string] $A, [string] $B) {
    $row = @(0..$B.Length)
    for ($i = 1; $i -le $A.Length; $i++) {
        $corner, $row[0] = $row[0], $i
        for ($j = 1; $j -le $B.Length; $j++) {
            $cost = if ($A[$i - 1] -eq $B[$j - 1]) { 0 } else { 1 }
            $next = [Math]::Min([Math]::Min($row[$j], $row[$j - 1]) + 1, $corner + $cost)
            $corner, $row[$j] = $row[$j], $next
        }
    }
    $row[$B.Length]
}

# The problem of the destination; nothing when there is none. Writes nothing there.
function Test-Destination {
    $folder = $config.Destination
    if (-not [System.IO.Directory]::Exists($folder)) {
        return "The folder '$folder' does not exist; mount or create it, or choose another Destination."
    }
    if ($Initialize) { return }
    if (-not [System.IO.Directory]::Exists([System.IO.Path]::Combine($folder, '.backuplinks'))) {
        return "The folder '$folder' has no catalog, so a volume may not be mounted there; mount it, or run " +
            'nightly.ps1 with -Initialize once.'
    }
    try {
        $drive = [System.IO.DriveInfo]::new($folder)
        # A file system that states no size states no room either.
        if ($drive.TotalSize -gt 0 -and $drive.AvailableFreeSpace -lt $config.MinimumFree) {
            return "The disk of '$folder' has $($drive.AvailableFreeSpace) bytes free and must have " +
                "$($config.MinimumFree); make room, or lower MinimumFree."
        }
    }
    catch [System.ArgumentException], [System.IO.IOException] {
        # A network share; saving finds out.
    }
    if ($isDryRun) { return }
    try {
        $probe = [System.IO.Path]::Combine($folder, '.backuplinks', "probe-$PID")
        [System.IO.File]::WriteAllText($probe, 'x')
        [System.IO.File]::Delete($probe)
    }
    catch {
        return "The folder '$folder' cannot be written ($(Get-Reason $_)); check its permissions and its disk."
    }
}

# True when the catalog is not there any more: the volume was unmounted, and its path leads to the empty mount point.
# It is told once, and from then on, nothing is saved, noted or removed there.
function Test-Loss {
    if (-not $run.IsLost) {
        $run.IsLost = -not [System.IO.Directory]::Exists([System.IO.Path]::Combine($config.Destination, '.backuplinks'))
        if ($run.IsLost) {
            $message = "The catalog of '$($config.Destination)' went away during the run, as when its volume is " +
                'unmounted; mount it, and run this once more.'
            Add-Trouble DestinationUnavailable $message $everything
        }
    }
    $run.IsLost
}

# A catalog that was removed behind its back is made anew by the first file, and older files are in none.
function Test-Catalog {
    $place = [System.IO.Path]::Combine($config.Destination, '.backuplinks')
    $catalog = [System.IO.Path]::Combine($place, 'catalog.jsonl')
    # Before the first night, there is no list of instances either.
    if ([System.IO.File]::Exists($catalog) -or
        -not [System.IO.File]::Exists([System.IO.Path]::Combine($place, 'instances.json'))) { return }
    foreach ($folder in [System.IO.Directory]::GetDirectories($config.Destination)) {
        if ([System.IO.Path]::GetFileName($folder) -notmatch '^\d{4}-\d\d-\d\d$') { continue }
        # What a night has begun only is no sign of a catalog.
        try {
            $file = [System.IO.Directory]::EnumerateFiles($folder, '*', 'AllDirectories') |
                Where-Object { $_ -notmatch '\.(partial(\.json)?|damaged(\.\d+)?)$' } | ForEach-Object { $_ }
        }
        catch {
            Add-Trouble FileUnavailable "The folder '$folder' cannot be read ($(Get-Reason $_))." $everything
            continue
        }
        if (-not $file) { continue }
        $message = "The catalog '$catalog' is not there, but files of earlier nights are; put it back from a copy, " +
            'or look after these files by hand: only what is still in the cloud is noted again.'
        Add-Trouble CatalogMissing $message $everything
        return
    }
}

# The parameters of Remove-BackupFile.
function Get-KeepRule {
    $keep = @{}
    foreach ($rule in $config.Keep.Keys) { $keep["Keep$rule"] = $config.Keep[$rule] }
    $keep
}

# The problem of a value that only the module can judge; nothing when there is none.
function Test-Value {
    try {
        $age = $config.MaximumAge
        foreach ($attribute in (Get-Command Get-BackupStatus).Parameters['MaximumAge'].Attributes) {
            if ($attribute -is [System.Management.Automation.ArgumentTransformationAttribute]) {
                $age = $attribute.Transform($ExecutionContext, $age)
            }
        }
        $null = [timespan] $age
    }
    catch {
        return "The configuration's MaximumAge '$($config.MaximumAge)' is not an age; write one such as '26h'."
    }
    if (-not $config.Keep) { return }
    $keep = Get-KeepRule
    try { Remove-BackupFile -Path $config.Destination -InstanceId 'none' @keep -WhatIf -ErrorAction Stop }
    catch {
        # Rules are judged first; that there is no such instance is as it should be.
        if ((Get-ErrorId $_) -eq 'NoRule') { "The configuration's Keep is not valid: $_" }
    }
}

# Loads the module that this file came with, or else the installed one. The output is the problem, if there is one.
function Import-RunbookModule {
    if (Get-Module BackupLinks) { return }
    $name = 'BackupLinks'
    $manifest = [System.IO.Path]::Combine($PSScriptRoot, '..', 'BackupLinks.psd1')
    if ([System.IO.File]::Exists($manifest)) { $name = $manifest }
    try { Import-Module $name -ErrorAction Stop }
    catch { "The module BackupLinks does not load ($(Get-Reason $_)); install it for the user of this run." }
}

# --- The night

# The keys of the services that the configuration names. One that a name stands for besides others counts where it has
# a credential, and where files of it are saved: then it has lost its credential.
function Get-NamedService {
    $seen = @{}
    $known = @(Invoke-Step { Get-BackupStatus -Path $config.Destination } | Where-Object { $_.State -ne 'Gone' } |
            ForEach-Object { $_.Service })
    foreach ($name in $config.Service) {
        try {
            $services = @(Get-BackupService $name -ErrorAction Stop | Where-Object { $saveable[$_.Service] })
        }
        catch {
            Add-Trouble (Get-ErrorId $_) "$_" @{ service = $name }
            continue
        }
        if (-not $services) {
            Add-Trouble NoInstance "The service '$name' has no backups that can be downloaded." @{ service = $name }
        }
        $ready = @($services | Where-Object { $_.HasCredential -or $known -contains $_.Service })
        # Where none has, the requests say where a credential was looked for.
        foreach ($key in $(if ($ready) { $ready } else { $services }).Service) {
            if (-not $seen[$key]) { $key }
            $seen[$key] = $true
        }
    }
}

# All instances, in one list, so that their states tell one that is gone from one whose list failed.
function Get-NightInstance([hashtable] $Place) {
    $found = [ordered]@{}
    for ($try = 1; $try -le 2; $try++) {
        $attempt = Invoke-Attempt { Get-CloudInstance @Place @common }
        foreach ($instance in $attempt.Output) { $found["$($instance.InstanceId)"] = $instance }
        # One error may stand for several lists, so that none of the second attempt is left out.
        if (-not $attempt.Problems) { break }
    }
    $run.IsListed = $found.Count -gt 0 -or -not $attempt.Problems
    foreach ($problem in $attempt.Problems) { Add-Failure $problem }
    $found.Values
}

# The links to the newest backups.
function Get-NightLink {
    foreach ($service in Get-BackupService) {
        if ($service.Lists -contains 'Instances' -and $service.Links -contains 'Backups') {
            $saveable[$service.Service] = $true
        }
    }
    $place = @{}
    if ($config.Region) { $place.Region = $config.Region }
    if ($config.Service) {
        $place.Service = @(Get-NamedService)
        if (-not $place.Service) { return }
    }
    $before = $run.Trouble.Count
    $instances = @(Get-NightInstance $place | Where-Object { $saveable["$($_.Service)"] })
    foreach ($instance in $instances) {
        $id = "$($instance.InstanceId)"
        $run.Instances[$id] = @{
            service = $instance.Service; instance = $id; name = "$($instance.Name)"; object = $instance
        }
    }
    # Of all services of a cloud, few are in use; one that is named is meant to be.
    if ($run.Trouble.Count -eq $before) {
        $listed = @($instances | ForEach-Object { $_.Service })
        foreach ($key in $(if ($place.Service) { $place.Service } elseif (-not $listed) { $everything.service })) {
            if ($listed -contains $key) { continue }
            $message = "$key lists no instance; check the region, the project and the permissions."
            Add-Trouble NoInstance $message @{ service = $key }
        }
    }
    if (-not $instances) { return }

    $backups = @(Invoke-Twice Get-CloudBackup @{ Latest = $true } BackupId $instances)
    foreach ($backup in $backups) {
        $run.Backups["$($backup.BackupId)"] = "$($backup.InstanceId)"
        $run.Wanted["$($backup.InstanceId)"] += @("$($backup.BackupId)")
    }
    if ($backups) { Invoke-Twice Get-BackupLink @{} BackupId $backups }
}

# The instance of a link or a file; an RDS link may know its backup only.
function Get-InstanceId($Item) {
    if ($Item.InstanceId) { "$($Item.InstanceId)" } else { "$($run.Backups["$($Item.BackupId)"])" }
}

# Two instances may have backups of one id.
function Get-BackupKey($Link) { "$(Get-InstanceId $Link) $($Link.BackupId)" }

# The newest backups of an instance, such as those of its shards, without a link where others have one.
function Get-Unlinked([string] $Id) {
    $left = @($run.Wanted[$Id] | Where-Object { $_ -and -not $run.Linked["$Id $_"] })
    if ($left.Count -lt @($run.Wanted[$Id]).Count) { $left }
}

# The folder of a link: the day on which its backup was begun, and the instance, because files of several may have one
# name.
function Get-Folder($Link) {
    $time = if ($Link.BackupTime) { [System.DateTimeOffset] $Link.BackupTime } else { [System.DateTimeOffset]::UtcNow }
    $day = [System.TimeZoneInfo]::ConvertTime($time, $zone).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
    $path = [System.IO.Path]::Combine($config.Destination, $day, ((Get-InstanceId $Link) -replace '[^\w-]', '_'))
    # Two backups of one day may have files of one name, too.
    if (-not $run.Apart[(Get-BackupKey $Link)]) { return $path }
    [System.IO.Path]::Combine($path, ("$($Link.BackupId)" -replace '[^\w-]', '_'))
}

function Add-File($File) {
    $instance = Get-InstanceId $File
    $known = $run.Instances[$instance]
    $run.Files[$instance]++
    $run.Paths[$File.Path] = $instance
    $run.SavedCount++
    Write-Event saved ([ordered]@{
            service = $known.service; instance = $instance; name = $known.name; backup = "$($File.BackupId)"
            path = $File.Path; size = [long] $File.Size; sha256 = $File.Sha256; status = "$($File.Status)"
            test = $File.Report.State; seconds = [Math]::Round($File.Duration.TotalSeconds, 1)
        })
}

# Saves all links at the same time, with a line for each file. The output is the links that failed in the first attempt.
function Save-NightFile([object[]] $Links, [bool] $IsLast) {
    $parameters = @{
        # Right before each file, because a volume may be unmounted at any time.
        Destination = { if (Test-Loss) { throw 'The destination is gone.' }; Get-Folder $_ }
        BandwidthLimit = $config.BandwidthLimit; Test = $config.Test
        WhatIf = $isDryRun; WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue'
    }
    if ($config.BandwidthLimit -lt 1024) { $parameters.Remove('BandwidthLimit') }
    try {
        $Links | Save-BackupFile @parameters 2>&1 |
            ForEach-Object {
                if ($_ -isnot [System.Management.Automation.ErrorRecord]) {
                    $file = $_
                    # In the first attempt it was saved, and its line in the catalog failed.
                    if (-not $IsLast -or $run.Unnoted[$file.Path]-- -le 0) { Add-File $file }
                }
                # That is told.
                elseif ($run.IsLost) { }
                elseif ($IsLast -or $null -eq $_.TargetObject) { Add-Failure $_ }
                else {
                    $link = $_.TargetObject
                    switch (Get-ErrorId $_) {
                        FileExists { $run.Apart[(Get-BackupKey $link)] = $true }
                        # Its file came just before.
                        CatalogUnavailable { $run.Unnoted[$file.Path]++ }
                    }
                    $link
                }
            }
    }
    catch {
        Add-Failure $_
    }
    foreach ($warning in $warnings) { Write-Remark "$warning" }
}

# No error is no saving: an instance with fewer files than it has links is never passed over.
function Test-Completeness {
    foreach ($id in @($run.Links.Keys)) {
        # In a dry run, all that can be saved counts as saved.
        $isShort = -not $isDryRun -and $run.Files[$id] -lt $run.Links[$id]
        $run.Complete[$id] = $run.Reached[$id] -ne $false -and -not $isShort -and -not (Get-Unlinked $id)
        if ($run.Reached[$id] -ne $false -and $isShort) {
            $message = "The night has $([int] $run.Files[$id]) of $($run.Links[$id]) files of the backup, and no " +
                'error has the reason; run this once more.'
            Add-Trouble NotSaved $message $run.Instances[$id]
        }
    }
    if (-not $run.Paths.Count) { return }
    # Retention and states go by the catalog, so a file that it lacks is not saved yet; the next run writes its line.
    $known = @{}
    foreach ($file in Invoke-Step { Get-BackupFile -Path $config.Destination }) { $known[$file.Path] = $true }
    if (Test-Loss) { return }
    foreach ($path in @($run.Paths.Keys)) {
        $id = $run.Paths[$path]
        # An error has told of it, or it is there.
        if ($known[$path] -or -not $run.Complete[$id]) { continue }
        $run.Complete[$id] = $false
        $message = "'$path' is saved, but not in the catalog; run this once more."
        Add-Trouble CatalogUnavailable $message $run.Instances[$id]
    }
}

# Runs the rest of a step, and counts its errors and warnings.
function Invoke-Step([scriptblock] $Step) {
    try {
        & $Step 2>&1 3>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.ErrorRecord]) { Add-Failure $_ }
            elseif ($_ -is [System.Management.Automation.WarningRecord]) { Write-Remark "$_" }
            else { $_ }
        }
    }
    catch {
        Add-Failure $_
    }
}

# What is damaged or missing is told before a rule removes it.
function Test-Disk {
    if ($isDryRun) { return }
    foreach ($row in @(Invoke-Step { Get-BackupStatus -Path $config.Destination })) {
        if ($row.State -in 'Damaged', 'Missing') { Add-StateTrouble $row }
    }
}

# Removes what no rule keeps, of the instances whose newest backup was saved whole in this run.
function Remove-OldFile {
    $ids = @($run.Complete.Keys | Where-Object { $run.Complete[$_] })
    if (-not $config.Keep -or -not $ids) { return }
    if ($isDryRun) {
        # Of what would have been saved for the first time, the catalog has nothing to remove.
        $known = @(Invoke-Step { Get-BackupFile -Path $config.Destination } | ForEach-Object { $_.InstanceId })
        $ids = @($ids | Where-Object { $known -contains $_ })
        if (-not $ids) { return }
    }
    $keep = Get-KeepRule
    Invoke-Step {
        Remove-BackupFile -Path $config.Destination -InstanceId $ids @keep -TimeZone $zone -Confirm:$false `
            -WhatIf:$isDryRun -PassThru
    } | Where-Object { -not $_.Keep } | ForEach-Object {
        $run.RemovedCount++
        Write-Event removed ([ordered]@{ path = $_.Path; reason = "$($_.Reason)" })
    }
}

# Tests once more what was not tested for long, the oldest first, as much as the limit allows.
function Test-OldFile {
    if ($config.ScrubDays -eq 0 -or $isDryRun) { return }
    $now = [System.DateTimeOffset]::UtcNow
    $since = $now.AddDays(-$config.ScrubDays)
    # One that was saved since then was hashed then. A time that is still to come is of a clock that was wrong.
    $files = [object[]] @(Invoke-Step {
            Get-BackupFile -Path $config.Destination -State Present -NotTestedSince $since
        } | Where-Object { -not ($_.SavedAt -gt $since -and $_.SavedAt -le $now) })
    $times = [long[]] @($files | ForEach-Object {
            $time = if ($_.TestedAt) { $_.TestedAt } else { $_.SavedAt }
            if ($time -and $time -le $now) { $time.UtcTicks } else { 0 }
        })
    [array]::Sort($times, $files)
    # A file that is larger than the limit is tested alone, or else it never would be.
    $bytes = [long] 0
    $chosen = @(foreach ($file in $files) {
            if ($config.ScrubLimit -eq 0 -or ($bytes -gt 0 -and $bytes + $file.Size -gt $config.ScrubLimit)) { break }
            $bytes += $file.Size
            $file
        })
    if (-not $chosen) { return }
    $owners = @{}
    foreach ($file in $chosen) {
        $owners[$file.Path] = $file
        $run.Paths[$file.Path] = "$($file.InstanceId)"
    }
    Invoke-Step { $chosen | Test-BackupFile } | ForEach-Object {
        $run.TestedCount++
        $owner = $owners["$($_.Path)"]
        $about = [ordered]@{
            service = $owner.Service; instance = $owner.InstanceId; name = $owner.InstanceName; backup = $owner.BackupId
        }
        Write-Event tested ($about + [ordered]@{ path = $_.Path; state = "$($_.State)"; problem = $_.Problem })
        if ($_.State -notin 'Intact', 'Unverifiable', 'Unsupported') {
            Add-Trouble BackupDamaged "'$($_.Path)' is $($_.State): $("$($_.Problem)".TrimEnd('.'))." $about
        }
    }
}

# The state of every instance; each that needs attention is one line.
function Read-NightState {
    if ($isDryRun) { return }
    $instances = @($run.Instances.Values | ForEach-Object { $_.object })
    $run.States = @(Invoke-Step {
            $instances | Get-BackupStatus -Path $config.Destination -MaximumAge $config.MaximumAge
        })
    foreach ($row in $run.States) {
        if ($alarms -contains $row.State) { Add-StateTrouble $row }
    }
}

# No silence is success: an instance of which the night has no file, or not of all its backups, and of which nothing
# else is told.
function Test-Silence {
    if ($isDryRun) { return }
    $told = @($run.Told | ForEach-Object { $_.instance })
    foreach ($row in $run.States) {
        $id = "$($row.InstanceId)"
        if (-not $run.Instances[$id] -or $run.Reached[$id] -eq $false) { continue }
        if ($told -contains $id -or $row.State -in 'New', 'Gone') { continue }
        $unlinked = @(Get-Unlinked $id)
        if ($run.Files[$id] -and -not $unlinked) { continue }
        $message = if ($unlinked) { "Its backup $($unlinked[0]) has no link" }
        elseif ($run.Wanted[$id]) { 'Its newest backup has no link' }
        else { 'Its list has no backup that can be downloaded' }
        Add-Trouble NotSaved "$message, and no error has the reason; run this once more." $run.Instances[$id]
    }
}

function Add-StateTrouble($Row) {
    Add-Trouble $Row.State ($Row.Problems -join ' ') @{
        service = $Row.Service; instance = $Row.InstanceId; name = $Row.InstanceName; backup = $Row.LastBackupId
    }
}

# --- Who is told

# Pages and figures. A file that cannot be written is named, and the others are written.
function Export-NightReport([string] $Key, [string] $Format, [hashtable] $More = @{}) {
    # Without a state, the last page and the last figures say more than empty ones.
    if (-not $config[$Key] -or $isDryRun -or -not $run.States) { return }
    try {
        $run.States | Export-BackupReport -Path $config[$Key] -Format $Format -CatalogPath $config.Destination `
            -TimeZone $zone @More -Confirm:$false -ErrorAction Stop
    }
    catch {
        Add-Trouble (Get-ErrorId $_) "$Key was not written: $_" $everything
    }
}

# A run that did nothing keeps the figures of the instances, and says when it was and how it ended.
function Update-LastRun([int] $ExitCode) {
    if (-not $config.MetricsPath -or $isDryRun) { return }
    try {
        $lines = @(if ([System.IO.File]::Exists($config.MetricsPath)) {
                [System.IO.File]::ReadAllLines($config.MetricsPath) -notmatch '\bbackuplinks_last_run_'
            })
        $figures = [ordered]@{
            timestamp_seconds = [System.DateTimeOffset]::UtcNow.ToUnixTimeSeconds(); exit_code = $ExitCode
        }
        foreach ($name in $figures.Keys) {
            $lines += "# HELP backuplinks_last_run_$name The last run.", "# TYPE backuplinks_last_run_$name gauge"
            $lines += "backuplinks_last_run_$name $($figures[$name])"
        }
        $draft = "$($config.MetricsPath).$PID"
        [System.IO.File]::WriteAllText($draft, ($lines -join "`n") + "`n")
        if (-not $IsWindows) { [System.IO.File]::SetUnixFileMode($draft, 'UserRead, UserWrite, GroupRead, OtherRead') }
        # Windows replaces no file that is open, and a scanner or an exporter has it open for a moment.
        for ($attempt = 1; ; $attempt++) {
            try { [System.IO.File]::Move($draft, $config.MetricsPath, $true); break }
            catch {
                if (-not $IsWindows -or $attempt -eq 20) { [System.IO.File]::Delete($draft); throw }
                Start-Sleep -Milliseconds 250
            }
        }
    }
    catch {
        Add-Trouble MetricsUnavailable "'$($config.MetricsPath)' cannot be written ($(Get-Reason $_))." $everything
    }
}

# Tells of trouble, of states that need attention, and of those that are others than in the last run.
function Send-Notice([int] $ExitCode) {
    if ($isDryRun) { return }
    $before = @{}
    try {
        # A version before this one named the file by the name of the configuration alone.
        $file = if ([System.IO.File]::Exists($stateFile)) { $stateFile } else { $oldStateFile }
        if ([System.IO.File]::Exists($file)) {
            foreach ($line in [System.IO.File]::ReadAllLines($file)) {
                $service, $instance, $state = $line -split "`t"
                $before["$service $instance"] = $state
            }
        }
    }
    catch {
        Write-Remark "The states of the last run are not known ($(Get-Reason $_))."
    }
    $states = @(foreach ($row in $run.States) {
            $was = $before["$($row.Service) $($row.InstanceId)"]
            if ($alarms -contains $row.State -or ($was -and $was -ne $row.State)) {
                [ordered]@{
                    service = $row.Service; instance = $row.InstanceId; name = $row.InstanceName; state = $row.State
                    before = $was; problems = @($row.Problems)
                }
            }
        })
    $isTold = (-not $run.Told -and -not $states) -or -not $config.NotifyUri -or (Send-Post $states $ExitCode)
    if (-not $isTold -or -not $run.States -or -not $stateFile) { return }
    try {
        [System.IO.File]::WriteAllLines(
            $stateFile, [string[]] @($run.States | ForEach-Object { $_.Service, $_.InstanceId, $_.State -join "`t" }))
    }
    catch {
        Write-Remark "The states of this run cannot be kept ($(Get-Reason $_))."
    }
}

# True when the message arrived.
function Send-Post($States, [int] $ExitCode) {
    $summary = "Backups on $([System.Environment]::MachineName): exit code $ExitCode, " +
        "$($run.Trouble.Count) failures, $($run.SavedCount) files saved"
    $notice = [ordered]@{ text = $summary; exitCode = $ExitCode; trouble = @($run.Told); states = $States }
    $client = [System.Net.Http.HttpClient]::new()
    try {
        $client.Timeout = [timespan]::FromSeconds(30)
        $body = [System.Net.Http.StringContent]::new(
            (ConvertTo-Json $notice -Depth 4 -Compress), [System.Text.Encoding]::UTF8, 'application/json')
        $null = $client.PostAsync($config.NotifyUri, $body).GetAwaiter().GetResult().EnsureSuccessStatusCode()
        $true
    }
    catch {
        # The path of such an address is often a secret.
        $message = "The message to $($config.NotifyUri.Host) did not arrive ($(Get-Reason $_))."
        Add-Trouble NotifyFailed $message $everything
        $false
    }
    finally {
        $client.Dispose()
    }
}

# --- The run

# Locks a file; the output is 'Locked', 'Busy' when another run has it, or else 'Unavailable'.
function Lock-File([string] $Path) {
    try {
        # The system lets go of it when the process ends, however it ends.
        $run.Locks += [System.IO.File]::Open($Path, 'OpenOrCreate', 'ReadWrite', 'None')
        'Locked'
    }
    catch [System.UnauthorizedAccessException] {
        'Unavailable'
    }
    catch [System.IO.IOException] {
        # Of Linux, macOS and Windows; a file system that is read-only, or full, has another.
        if ($_.Exception.GetBaseException().HResult -in 11, 35, -2147024864) { 'Busy' } else { 'Unavailable' }
    }
}

# False when another run of this configuration is under way. The lock, and the states of the last run, are beside the
# log, else in the folder that systemd or a pod has for such files, else beside the configuration, else where all may
# write; never in the destination, which may be another volume in a moment.
function Open-Lock {
    $name = [System.IO.Path]::GetFileNameWithoutExtension($configFile)
    # Two configurations of one name may have their logs in one folder.
    $path = if ($IsWindows) { $configFile.ToLowerInvariant() } else { $configFile }
    $hash = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($path))
    $own = "$name-$([System.Convert]::ToHexString($hash, 0, 4).ToLowerInvariant())"
    $folders = @(
        if ($logFile) { [System.IO.Path]::GetDirectoryName($logFile) }
        elseif ($env:STATE_DIRECTORY) { $env:STATE_DIRECTORY.Split([System.IO.Path]::PathSeparator)[0] }
        else { [System.IO.Path]::GetDirectoryName($configFile) }
        [System.IO.Path]::GetTempPath()
    )
    foreach ($folder in $folders) {
        $state = Lock-File ([System.IO.Path]::Combine($folder, "$own.lock"))
        if ($state -eq 'Busy') { return $false }
        if ($state -eq 'Locked') {
            $script:stateFile = [System.IO.Path]::Combine($folder, "$own.states")
            $script:oldStateFile = [System.IO.Path]::Combine($folder, "$name.states")
            return $true
        }
    }
    # No folder for it: two runs at once are better than none.
    $true
}

# False when a run of another configuration is at work for this destination. Beside the catalog, because such a run may
# have another log, another user and another machine.
function Lock-Destination {
    (Lock-File ([System.IO.Path]::Combine($config.Destination, '.backuplinks', 'nightly.lock'))) -ne 'Busy'
}

function Add-OtherRun {
    Add-Trouble AlreadyRunning "Another run is at work for '$($config.Destination)'; wait for its end." $everything
}

function Invoke-Initialization {
    $catalog = [System.IO.Path]::Combine($config.Destination, '.backuplinks')
    if ($isDryRun) { $Host.UI.WriteLine("What if: '$catalog' would be made.") }
    elseif ($IsWindows) { $null = [System.IO.Directory]::CreateDirectory($catalog) }
    else { $null = [System.IO.Directory]::CreateDirectory($catalog, 'UserRead, UserWrite, UserExecute') }
    # It is not a run, of which metrics tell.
    $run.IsReported = $true
    Write-Event initialized ([ordered]@{ service = 'all'; destination = $config.Destination })
    0
}

function Get-ExitCode {
    if (@($run.Trouble | Where-Object { $passing -contains $_ })) { return 75 }
    # Nothing was listed, and nothing passes by itself: a credential, a name, a permission.
    if (-not $run.IsListed -and -not (Test-Work)) { return 2 }
    [int] ($run.Trouble.Count -gt 0)
}

# True when something was saved, tested again or removed.
function Test-Work { $run.SavedCount + $run.TestedCount + $run.RemovedCount -gt 0 }

# Saves the newest backups.
function Save-Night {
    $links = @(Get-NightLink)
    foreach ($link in $links) {
        $id = Get-InstanceId $link
        $run.Links[$id]++
        $run.Linked["$id $($link.BackupId)"] = $true
    }
    if (-not $links -or (Test-Loss)) { return }
    $again = @(Save-NightFile $links $false)
    if ($again -and -not (Test-Loss)) { $null = Save-NightFile $again $true }
}

function Invoke-Night {
    if ($problem = Test-Destination) {
        Add-Trouble DestinationUnavailable $problem $everything
        return 2
    }
    if ($Initialize) { return Invoke-Initialization }
    if ($problem = Import-RunbookModule) {
        Add-Trouble ModuleUnavailable $problem $everything
        return 2
    }
    if ($problem = Test-Value) {
        Add-Trouble InvalidConfiguration $problem $everything
        return 2
    }
    if (-not $isDryRun -and -not (Lock-Destination)) {
        Add-OtherRun
        return 75
    }
    Write-Event started ([ordered]@{ services = $everything.service; destination = $config.Destination })
    $steps = { Test-Catalog }, { Save-Night }, { Test-Completeness }, { Test-Disk }, { Remove-OldFile },
        { Test-OldFile }, { Read-NightState }, { Test-Silence }, { Export-NightReport ReportPath Html },
        { Export-NightReport StatusPath Json }
    foreach ($step in $steps) {
        if (Test-Loss) { return 2 }
        $null = & $step
    }
    if (Test-Loss) { return 2 }
    $code = Get-ExitCode
    Export-NightReport MetricsPath Prometheus @{ ExitCode = $code }
    if (-not $run.States) { Update-LastRun $code }
    Send-Notice $code
    $run.IsReported = $true
    # A message that did not arrive is trouble, too.
    $last = Get-ExitCode
    if ($last -ne $code) { Update-LastRun $last }
    $last
}

# Holds the lock of the configuration while the night runs.
function Invoke-Run {
    $problem = Read-Config
    if ($config.Service) { $everything.service = $config.Service -join ' ' }
    if (-not $isDryRun -and $run.IsConfigured -and $config.LogPath -ne '-') { $script:logFile = $config.LogPath }
    if ($problem) {
        Add-Trouble InvalidConfiguration $problem $everything
        return 2
    }
    if ($isDryRun) { return Invoke-Night }
    if (-not (Open-Lock)) {
        Add-OtherRun
        return 75
    }
    try {
        Switch-Log
        Invoke-Night
    }
    finally { foreach ($lock in $run.Locks) { $lock.Dispose() } }
}

# The credentials that systemd (LoadCredential=) and Kubernetes (a secret as a volume) mount as files.
if ($env:CREDENTIALS_DIRECTORY) {
    foreach ($file in [System.IO.Directory]::GetFiles($env:CREDENTIALS_DIRECTORY)) {
        $variable = [System.IO.Path]::GetFileName($file)
        if ($variable -match '^(HUAWEICLOUD_SDK|CDS|ALIBABA_CLOUD|TENCENTCLOUD)_[A-Z_]+$') {
            [System.Environment]::SetEnvironmentVariable($variable, [System.IO.File]::ReadAllText($file).Trim())
        }
    }
}

try {
    $exitCode = Invoke-Run
}
catch {
    Add-Failure $_
    $exitCode = if (Test-Work) { 1 } else { 2 }
}
# Not of a run beside another: that one tells.
if (-not $run.IsReported -and $exitCode -ne 75) {
    Update-LastRun $exitCode
    Send-Notice $exitCode
}
Write-Event finished ([ordered]@{
        service = $everything.service; instances = $run.Instances.Count; saved = $run.SavedCount
        removed = $run.RemovedCount; tested = $run.TestedCount; failed = $run.Trouble.Count; exitCode = $exitCode
    })
$where = if ($logFile) { $logFile } else { 'the lines above' }
"$($run.SavedCount) files of $($run.Instances.Count) instances saved, $($run.Trouble.Count) failures; see $where"
exit $exitCode
