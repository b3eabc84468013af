<#
.SYNOPSIS
    Saves the newest backup of every instance, and logs every problem.
.DESCRIPTION
    The folder of the night has a folder for each instance. All instances are saved at the same time, and a line is
    logged when a file ends. Lists, links and files that fail are retried once before they count.

    It reports backups that stopped (none within -MaximumAge), failed, are missing, or are much smaller than the one
    before. It reports instances that are missing since an earlier night. The file nightly.state.jsonl in the
    destination records the instances and sizes of earlier nights.

    To start it every night, use systemd/, Register-NightlyTask.ps1 or kubernetes/nightly.yaml beside this file. It can
    run again at any time: complete files are recognised, and interrupted downloads resume.

    The module is the one that this file came with, or else the installed one.

    It saves every service of every cloud whose credential is in the default vault or the environment: Get-BackupService
    lists them, and about_BackupLinks says where credentials are. A file of $env:CREDENTIALS_DIRECTORY, as systemd and Kubernetes mount them,
    stands for the environment variable of its name: HUAWEICLOUD_SDK_AK, CDS_ACCESS_KEY_ID, and so on.

    Exit codes:
     0  Success: every instance has a backup that is young enough, whole, and saved.
    75  Retry later: the failure is temporary, or another run is in progress. A retry repeats only what is missing.
     1  Needs attention: the log has the id of each problem, with the instance or the service.
     2  Could not start, and a retry does not help: the module, a destination, a credential or a list is missing.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File nightly.ps1 -Destination /backups
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File nightly.ps1 -Destination /backups -Service HuaweiCloud.Rds,Redis
#>
[CmdletBinding()]
param(
    # The folder with a folder for each night. It must exist, because a new folder could hide a disk that is not mounted.
    [Parameter(Mandatory)]
    [string] $Destination,

    # The services, as Get-BackupService takes them: HuaweiCloud.Rds, HuaweiCloud, Rds. When omitted, all that have a
    # credential.
    [string[]] $Service,

    # The highest age of the newest backup of an instance.
    [string] $MaximumAge = '26h',

    # The smallest size of a backup, in percent of the one before; 0 for any.
    [ValidateRange(0, 100)]
    [int] $MinimumSizePercent = 50,

    # The free space that the destination needs at the start, in bytes.
    [long] $MinimumFreeSpace = 1GB,

    # A folder on which a file system must be mounted, such as /mnt/backups.
    [string] $MountPoint,

    # Ids of instances that were deleted intentionally, and are no longer reported as missing.
    [string[]] $Forget = @(),

    # Bytes a second, all files together.
    [long] $BandwidthLimit = 50MB,

    # The number of files that are saved at the same time.
    [int] $ThrottleLimit = 8,

    # The log, with one JSON object on each line; - for standard output.
    [string] $LogPath = (Join-Path $Destination 'nightly.jsonl')
)

# Errors are counted, whatever the caller's preferences are.
Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
# Ids of temporary errors, and of those that a retry would only repeat.
$passing = 'Throttled', 'ServiceUnavailable', 'RequestTimeout', 'Stalled', 'Conflict', 'ObjectChanged', 'FileInUse'
$verdicts = 'BackupTooOld', 'NoBackup', 'NewerBackupFailed'

# With -File, a list is one text.
$Service = @($Service -split '[,\s]+' -ne '')
$Forget = @($Forget -split '[,\s]+' -ne '')
# The subject of an event that concerns more than one service.
$everything = @{ service = if ($PSBoundParameters.ContainsKey('Service')) { $Service -join ' ' } else { 'all' } }
$folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Destination)
$logFile = if ($LogPath -ne '-') { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath) }
$stateFile = [System.IO.Path]::Combine($folder, 'nightly.state.jsonl')
$night = [System.IO.Path]::Combine($folder, [datetime]::Now.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture))
$run = @{
    Instances = @{}; Backups = @{}; Links = @{}; Listed = @(); Apart = @{}
    Saved = @{}; SavedCount = 0; Incomplete = @(); Trouble = @(); Troubled = @{}; Reported = @{}
}

# The framework's message of a failure, as a part of a sentence.
function Get-Reason($Record) { $Record.Exception.GetBaseException().Message.TrimEnd('.') }

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
            $message = "The log '$LogPath' cannot be written ($(Get-Reason $_)); pass another -LogPath."
            Add-Trouble LogUnavailable $message $everything
        }
    }
    $Host.UI.WriteLine($text)
}

function Write-Remark([string] $Message, [string] $Service = $everything.service) {
    Write-Event warning ([ordered]@{ service = $Service; message = $Message })
}

function Add-Trouble([string] $Id, [string] $Message, [System.Collections.IDictionary] $About) {
    # A retry may report the same problem again.
    $key = "$Id $($About.service) $($About.instance) $($About.backup) $Message"
    if ($run.Reported[$key]) { return }
    $run.Reported[$key] = $true
    $run.Trouble += $Id
    if ($About.instance) { $run.Troubled[$About.instance] = $true }
    Write-Event failed ([ordered]@{
            id = $Id; service = $About.service; instance = $About.instance; name = $About.name; backup = $About.backup
            message = $Message
        })
}

# The instance and the backup that an error is about.
function Get-Subject($Record, [string] $Service) {
    $instance = $backup = $null
    foreach ($source in $Record.Exception, $Record.TargetObject) {
        if (-not $instance) { $instance = $source.InstanceId }
        if (-not $backup) { $backup = $source.BackupId }
    }
    if ($Record.TargetObject -is [string]) {
        if ($run.Backups[$Record.TargetObject]) { $backup = $Record.TargetObject }
        elseif (-not $instance) { $instance = $Record.TargetObject }
    }
    if (-not $instance -and $backup) { $instance = $run.Backups["$backup"] }
    $known = $run.Instances["$instance"]
    if ($known) { $Service = $known.service }
    @{ service = $Service; instance = $instance; name = $known.name; backup = $backup }
}

function Get-ErrorId($Record) {
    # What is thrown has its message for an id.
    if ($Record.FullyQualifiedErrorId.StartsWith("$Record")) { $Record.Exception.GetType().Name }
    else { $Record.FullyQualifiedErrorId -replace ',.*' }
}

function Add-Failure($Record, [string] $Service) {
    $id = Get-ErrorId $Record
    $about = Get-Subject $Record $Service
    # An instance of which a file is missing has no size to compare.
    if ($verdicts -notcontains $id) { $run.Incomplete += "$($about.instance)" }
    Add-Trouble $id "$Record" $about
}

# Runs a command for some items, and once more for those that failed; without items, for all instances.
function Invoke-Twice([string] $Service, [string] $Command, [hashtable] $Parameters, [string] $Key, [object[]] $Items) {
    $left = $Items
    $given = @{}
    for ($try = 1; $try -le 2; $try++) {
        $problems = @()
        $warnings = @()
        $ended = $null
        $common = @{
            ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue'
            WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue'
        }
        try {
            . {
                if ($Items) { $left | & $Command @Parameters @common }
                else { & $Command @Parameters @common }
            } | ForEach-Object {
                if (-not $given["$($_.$Key) $($_.FileName)"]) {
                    $given["$($_.$Key) $($_.FileName)"] = $true
                    $_
                }
            }
        }
        catch {
            $ended = $_
        }
        foreach ($warning in $warnings) { Write-Remark "$warning" $Service }

        # Of a command that ended, the variable has the exception besides.
        $problems = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        if ($ended) { $problems = @($problems | Where-Object { $_.Exception -ne $ended.Exception }) + $ended }
        $again = @()
        foreach ($problem in $problems) {
            if ($try -eq 2 -or $verdicts -contains (Get-ErrorId $problem)) { Add-Failure $problem $Service }
            else { $again += $problem }
        }
        if (-not $again) { return }
        if ($Items -and -not $ended) {
            $ids = @($again | ForEach-Object { (Get-Subject $_ $Service)['instance', 'backup'] })
            $left = @($Items | Where-Object {
                    $id = if ($_.BackupId) { $_.BackupId } else { $_.InstanceId }
                    $ids -contains $id
                })
            # An error that names none of them is not worth a guess.
            if (-not $left) {
                foreach ($problem in $again) { Add-Failure $problem $Service }
                return
            }
        }
    }
}

# The keys of the services of this night. One that a name stands for besides others counts where it has a credential.
function Get-NightService {
    $named = if ($everything.service -eq 'all') { '*' } else { $Service }
    $seen = @{}
    foreach ($name in $named) {
        try {
            $services = @(Get-BackupService $name -ErrorAction Stop |
                    Where-Object { $_.Lists -contains 'Instances' -and $_.Links -contains 'Backups' })
        }
        catch {
            Add-Trouble (Get-ErrorId $_) "$_" @{ service = $name }
            continue
        }
        if (-not $services) {
            Add-Trouble NoInstance "The service '$name' has no backups that can be downloaded." @{ service = $name }
        }
        $ready = @($services | Where-Object HasCredential)
        # Where none has, the requests say where a credential was looked for.
        foreach ($key in $(if ($ready) { $ready } else { $services }).Service) {
            if (-not $seen[$key]) { $key }
            $seen[$key] = $true
        }
    }
}

# The links to the newest backups of a service.
function Get-NightLink([string] $Service) {
    $before = $run.Trouble.Count
    $instances = @(Invoke-Twice $Service Get-CloudInstance @{ Service = $Service } InstanceId)
    foreach ($instance in $instances) {
        $id = "$($instance.InstanceId)"
        $run.Instances[$id] = @{ service = $Service; instance = $id; name = "$($instance.Name)" }
    }
    if ($run.Trouble.Count -eq $before) {
        $run.Listed += $Service
        if (-not $instances) {
            $message = "$Service lists no instance; check the region, the project and the permissions."
            Add-Trouble NoInstance $message @{ service = $Service }
        }
    }
    if (-not $instances) { return }

    $parameters = @{ Latest = $true; MaximumAge = $MaximumAge }
    $backups = @(Invoke-Twice $Service Get-CloudBackup $parameters BackupId $instances)
    foreach ($backup in $backups) { $run.Backups["$($backup.BackupId)"] = "$($backup.InstanceId)" }
    if ($backups) { Invoke-Twice $Service Get-BackupLink @{} BackupId $backups }
}

# The instance of a link or a file; an RDS link may know its backup only.
function Get-InstanceId($Item) {
    if ($Item.InstanceId) { "$($Item.InstanceId)" } else { "$($run.Backups["$($Item.BackupId)"])" }
}

# The folder of a link: files of several instances may have the same name.
function Get-InstanceFolder($Link) {
    $path = [System.IO.Path]::Combine($night, ((Get-InstanceId $Link) -replace '[^\w-]', '_'))
    # Two backups of one day may have files of one name, too.
    $backup = "$($Link.BackupId)"
    if ($run.Apart[$backup]) { [System.IO.Path]::Combine($path, ($backup -replace '[^\w-]', '_')) } else { $path }
}

function Add-File($File) {
    $instance = Get-InstanceId $File
    $known = $run.Instances[$instance]
    if (-not $run.Saved[$instance]) { $run.Saved[$instance] = @{ backups = @{}; bytes = [long] 0; files = 0 } }
    $run.Saved[$instance].backups["$($File.BackupId)"] = $true
    $run.Saved[$instance].bytes += [long] $File.Size
    $run.Saved[$instance].files++
    $run.SavedCount++
    Write-Event saved ([ordered]@{
            service = $known.service; instance = $instance; name = $known.name; backup = "$($File.BackupId)"
            path = $File.Path; size = [long] $File.Size; sha256 = $File.Sha256; status = "$($File.Status)"
            seconds = [Math]::Round($File.Duration.TotalSeconds, 1)
        })
}

# Saves all links at the same time, with a line for each file. The output is the links that failed in the first attempt.
function Save-NightFile([object[]] $Links, [bool] $IsLast) {
    $parameters = @{
        Destination = { Get-InstanceFolder $_ }; BandwidthLimit = $BandwidthLimit; ThrottleLimit = $ThrottleLimit
        WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue'
    }
    try {
        $Links | Save-BackupFile @parameters 2>&1 |
            ForEach-Object {
                if ($_ -isnot [System.Management.Automation.ErrorRecord]) { Add-File $_ }
                elseif ($IsLast -or $null -eq $_.TargetObject) { Add-Failure $_ $everything.service }
                else {
                    if ((Get-ErrorId $_) -eq 'FileExists') { $run.Apart["$($_.TargetObject.BackupId)"] = $true }
                    $_.TargetObject
                }
            }
    }
    catch {
        Add-Failure $_ $everything.service
    }
    foreach ($warning in $warnings) { Write-Remark "$warning" }
}

# The problem of the destination at the start; nothing when there is none.
function Test-Destination {
    if (-not [System.IO.Directory]::Exists($folder)) {
        return "The folder '$Destination' does not exist; mount or create it, or pass another -Destination."
    }
    if ($MountPoint) {
        $mount = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($MountPoint).TrimEnd('/', '\')
        $drives = [System.IO.DriveInfo]::GetDrives() | Where-Object { $_.IsReady }
        if (@($drives | ForEach-Object { $_.Name.TrimEnd('/', '\') }) -notcontains $mount) {
            return "Nothing is mounted at '$MountPoint'; mount it, or pass another -MountPoint."
        }
    }
    try {
        $probe = [System.IO.Path]::Combine($folder, ".nightly-$PID")
        [System.IO.File]::WriteAllText($probe, 'x')
        [System.IO.File]::Delete($probe)
    }
    catch {
        return "The folder '$Destination' cannot be written ($(Get-Reason $_)); check its permissions and its disk."
    }
    try {
        $drive = [System.IO.DriveInfo]::new($folder)
        # A file system that states no size states no room either.
        if ($drive.TotalSize -gt 0 -and $drive.AvailableFreeSpace -lt $MinimumFreeSpace) {
            return "The disk of '$Destination' has $($drive.AvailableFreeSpace) bytes free and must have " +
                "$MinimumFreeSpace; make room, or lower -MinimumFreeSpace."
        }
    }
    catch [System.ArgumentException], [System.IO.IOException] {
        # A network share; saving finds out.
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

function Get-ServiceKey([string] $Name) {
    $found = @(Get-BackupService $Name -ErrorAction Ignore)
    if ($found.Count -eq 1) { $found[0].Service } else { $Name }
}

function Read-State {
    $state = @{}
    if (-not [System.IO.File]::Exists($stateFile)) { return $state }
    try {
        foreach ($line in [System.IO.File]::ReadAllLines($stateFile)) {
            $entry = ConvertFrom-Json $line -ErrorAction Stop
            # Earlier versions wrote the name of a service without its cloud.
            if ("$($entry.service)" -notmatch '\.') { $entry.service = Get-ServiceKey $entry.service }
            $state["$($entry.instance)"] = $entry
        }
    }
    catch {
        Write-Remark "'$stateFile' cannot be read; this night is not compared with earlier ones."
    }
    $state
}

function Write-State($State) {
    $lines = [string[]] @($State.Values | ForEach-Object {
            ConvertTo-Json -Compress ([ordered]@{
                    service = "$($_.service)"; instance = "$($_.instance)"; name = "$($_.name)"; backup = "$($_.backup)"
                    bytes = [long] $_.bytes; files = [int] $_.files
                    bytesBefore = [long] $_.bytesBefore; filesBefore = [int] $_.filesBefore
                })
        })
    try {
        $draft = "$stateFile.$PID"
        [System.IO.File]::WriteAllLines($draft, $lines)
        if ([System.IO.File]::Exists($stateFile)) { [System.IO.File]::Replace($draft, $stateFile, [NullString]::Value) }
        else { [System.IO.File]::Move($draft, $stateFile) }
    }
    catch {
        $message = "'$stateFile' cannot be written ($(Get-Reason $_)); check its permissions."
        Add-Trouble StateUnavailable $message $everything
    }
}

# Compares the night with those before: instances that are gone, and backups that shrank.
function Compare-Night {
    $state = Read-State
    foreach ($id in $Forget) { $state.Remove($id) }
    foreach ($id in @($state.Keys)) {
        $entry = $state[$id]
        if ($run.Listed -contains $entry.service -and -not $run.Instances[$id]) {
            $message = "Instance '$($entry.name)' ($id) is not listed any more; if it was deleted on purpose, " +
                "run this once with -Forget $id."
            Add-Trouble InstanceGone $message @{
                service = $entry.service; instance = $id; name = $entry.name; backup = $entry.backup
            }
        }
    }
    foreach ($id in $run.Instances.Keys) {
        $instance = $run.Instances[$id]
        $old = $state[$id]
        $new = @{
            service = $instance.service; instance = $id; name = $instance.name; backup = $old.backup
            bytes = $old.bytes; files = $old.files; bytesBefore = $old.bytesBefore; filesBefore = $old.filesBefore
        }
        $saved = $run.Saved[$id]
        # Whatever else may be wrong: an instance without a file, or with fewer than it has links, is never passed over.
        if (-not $run.Troubled[$id] -and (-not $saved -or $saved.files -lt $run.Links[$id])) {
            $count = "$([int] $saved.files) of $([int] $run.Links[$id])"
            $message = "The night has $count files of the backup, and no error has the reason; run this once more."
            Add-Trouble NotSaved $message $instance
            $run.Incomplete += $id
        }
        if ($saved -and $saved.bytes -eq 0) {
            Add-Trouble BackupEmpty 'The backup has no bytes; check its policy at the provider.' $instance
        }
        if ($saved -and $run.Incomplete -notcontains $id) {
            $ids = [string[]] @($saved.backups.Keys)
            [array]::Sort($ids, [System.StringComparer]::Ordinal)
            $backup = $ids -join ' '
            # A run for the same backup once more compares it with the same one before.
            if ($old.backup -and $old.backup -ne $backup) {
                $new.bytesBefore = $old.bytes
                $new.filesBefore = $old.files
            }
            $new.backup = $backup
            $new.bytes = $saved.bytes
            $new.files = $saved.files
            $isSmall = [long] $new.bytesBefore -gt 0 -and $new.bytes * 100.0 / $new.bytesBefore -lt $MinimumSizePercent
            if ($isSmall -or [int] $new.filesBefore -gt $new.files) {
                $message = "The backup has $($new.bytes) bytes in $($new.files) files, and the one before had " +
                    "$($new.bytesBefore) in $($new.filesBefore); check that the instance has all of its data."
                Add-Trouble BackupShrunk $message @{
                    service = $instance.service; instance = $id; name = $instance.name; backup = $backup
                }
            }
        }
        $state[$id] = $new
    }
    Write-State $state
}

function Invoke-Night {
    if ($problem = Test-Destination) {
        # The log, too, may be where nothing can be written: that is not another trouble.
        try { if ($script:logFile) { [System.IO.File]::AppendAllText($script:logFile, '') } }
        catch { $script:logFile = $null }
        Add-Trouble DestinationUnavailable $problem $everything
        return 2
    }
    if ($problem = Import-RunbookModule) {
        Add-Trouble ModuleUnavailable $problem $everything
        return 2
    }
    try {
        # The system lets go of it when the process ends, however it ends.
        $path = [System.IO.Path]::Combine($folder, '.nightly.lock')
        $lock = [System.IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None')
    }
    catch [System.IO.IOException] {
        Add-Trouble AlreadyRunning "Another run is at work in '$Destination'; wait for its end." $everything
        return 75
    }
    try {
        Write-Event started ([ordered]@{ services = $everything.service; destination = $folder })
        $links = @(foreach ($key in Get-NightService) { Get-NightLink $key })
        foreach ($link in $links) { $run.Links[(Get-InstanceId $link)]++ }
        if ($links) {
            $again = @(Save-NightFile $links $false)
            if ($again) { $null = Save-NightFile $again $true }
        }
        Compare-Night
    }
    finally {
        $lock.Dispose()
    }
    if (@($run.Trouble | Where-Object { $passing -contains $_ })) { return 75 }
    if ($run.SavedCount -eq 0) { return 2 }
    [int] ($run.Trouble.Count -gt 0)
}

# The credentials that systemd (LoadCredential=) and Kubernetes (a secret as a volume) mount as files.
if ($env:CREDENTIALS_DIRECTORY) {
    foreach ($file in [System.IO.Directory]::GetFiles($env:CREDENTIALS_DIRECTORY)) {
        $variable = [System.IO.Path]::GetFileName($file)
        if ($variable -match '^(HUAWEICLOUD_SDK|CDS)_[A-Z_]+$') {
            [System.Environment]::SetEnvironmentVariable($variable, [System.IO.File]::ReadAllText($file).Trim())
        }
    }
}

try {
    $exitCode = Invoke-Night
}
catch {
    Add-Failure $_ $everything.service
    $exitCode = if ($run.SavedCount -eq 0) { 2 } else { 1 }
}
Write-Event finished ([ordered]@{
        instances = $run.Instances.Count; saved = $run.SavedCount; failed = $run.Trouble.Count; exitCode = $exitCode
    })
$where = if ($logFile) { $LogPath } else { 'the lines above' }
"$($run.SavedCount) files of $($run.Instances.Count) instances saved, $($run.Trouble.Count) failures; see $where"
exit $exitCode
