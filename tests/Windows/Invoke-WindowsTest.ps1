#Requires -Version 5.1
<#
.SYNOPSIS
    Runs published tests for Windows: on Windows, or elsewhere under Wine.
.DESCRIPTION
    Some classes share a process, because a process of Wine takes seconds to begin. Wine stops some processes at random
    places: the classes that had begun then run again, each in a process and with a time limit of its own, and a test
    without a result then once more by itself, with the same settings. A test that failed is not repeated.

    wine.psd1 has the tests that fail because of Wine, with the call that Wine lacks and the error that shows it. The
    list may only shrink: a listed test that passes, or fails with another error, counts as failed. On Windows, it is
    not read. languages.txt has the tests that need the languages of the system: under Wine, each runs by itself.

    Each skipped test is named with its reason. The output is an object with the numbers of passed, failed and skipped
    tests; Left is the number of those that had no time, which is not a success.
.EXAMPLE
    dotnet publish tests/BackupLinks.Tests -p:TestsForWindows=true -o out/windows
    tests/Windows/Invoke-WindowsTest.ps1 out/windows/BackupLinks.Tests.exe -Class '*File*'
#>
[CmdletBinding()]
param(
    # The program of the tests.
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    # Full names of the classes that run, with wildcards.
    [string[]] $Class = '*',

    # How many classes share a process.
    [int] $Together = 1,

    # How long one class, or one test by itself, may take; and how long it may do next to nothing.
    [timespan] $ClassLimit = '00:05:00',
    [timespan] $SilenceLimit = '00:02:00',

    # What has no result after this time is named and does not count.
    [timespan] $Limit = '03:00:00'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$onWindows = [System.Environment]::OSVersion.Platform -eq 'Win32NT'
$program = (Resolve-Path -LiteralPath $Path).ProviderPath
$prefix = 'BackupLinks.Tests.'
$known = @{}
$speaking = @()
$folder = $null
$server = $null
if (-not $onWindows) {
    $known = Import-PowerShellDataFile (Join-Path $PSScriptRoot wine.psd1)
    $speaking = @((Get-Content (Join-Path $PSScriptRoot languages.txt)) -notmatch '^\s*(#|$)')
    $find = {
        param($names)
        Get-Command $names -CommandType Application -ErrorAction Ignore | Select-Object -First 1 -ExpandProperty Source
    }
    $wine = & $find wine64, /usr/lib/wine/wine64
    $server = & $find wineserver64, /usr/lib/wine/wineserver64, wineserver
    if (-not $wine -or -not $server) {
        throw 'Wine is not installed: the tests for Windows run on Windows, or with wine64 of Debian.'
    }
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) "BackupLinks.Wine.$PID"
    $null = New-Item -ItemType Directory (Join-Path $folder home) -Force
}

# The caller's processes of Wine are in another prefix.
$variables = if ($onWindows) { @{} } else {
    @{
        HOME = Join-Path $folder home; WINEPREFIX = Join-Path $folder prefix; WINEDEBUG = '-all'; DISPLAY = ''
        # Wine maps no page twice, and has no ICU.
        DOTNET_EnableWriteXorExecute = '0'; DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'
        PSExecutionPolicyPreference = 'Bypass'
        # SuspendThread of Wine fails for a thread that ends, which ends the process: no thread of the pool ends, and
        # threads are suspended less often.
        DOTNET_ThreadPool_ThreadTimeoutMs = '-1'; DOTNET_GCgen0size = '0x4000000'; DOTNET_TieredPGO = '0'
    }
}

# With languages, the functions of Windows for them are used. Those of Wine search a long text for minutes.
function Start-Tests([string[]] $Argument, [string] $Executable = $program, [switch] $Languages) {
    if (-not $onWindows) { $Argument = @($Executable) + $Argument; $Executable = $wine }
    $start = [System.Diagnostics.ProcessStartInfo]::new($Executable)
    $start.Arguments = ($Argument | ForEach-Object { "`"$_`"" }) -join ' '
    $start.WorkingDirectory = Split-Path $program
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $start.RedirectStandardInput = $true
    foreach ($name in $variables.Keys) { $start.EnvironmentVariables[$name] = $variables[$name] }
    if ($Languages) {
        $start.EnvironmentVariables.Remove('DOTNET_SYSTEM_GLOBALIZATION_INVARIANT')
        $start.EnvironmentVariables['DOTNET_SYSTEM_GLOBALIZATION_USENLS'] = '1'
    }
    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Dispose()
    $process
}

# Ends the process and all that it has started.
function Stop-Tests($Process) {
    if ($onWindows) { $null = & taskkill.exe /T /F /PID $Process.Id 2>&1 }
    else {
        if (-not $Process.HasExited) { $Process.Kill() }
        foreach ($option in '-k', '-w') {
            $start = [System.Diagnostics.ProcessStartInfo]::new($server, $option)
            foreach ($name in $variables.Keys) { $start.EnvironmentVariables[$name] = $variables[$name] }
            $null = [System.Diagnostics.Process]::Start($start).WaitForExit(20000)
        }
    }
}

function New-Result {
    @{ Passed = 0; Failed = 0; Skipped = 0; NotRun = 0; Ended = $false; Messages = @(); Reasons = @() }
}

# Runs tests and returns what each method has: numbers, messages, and whether it has ended.
function Invoke-Tests([string[]] $Argument, [switch] $Languages, [timespan] $ProcessLimit = $ClassLimit) {
    $result = @{ Methods = @{}; End = 'crashed' }
    $classes = @{}; $methods = @{}; $names = @{}
    $options = '-reporter', 'json', '-noColor', '-printMaxStringLength', '0'
    $process = Start-Tests ($Argument + $options) -Languages:$Languages
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $worked = [timespan]::Zero
    $read = $null
    $told = '^\{"\$type":"test-(class-starting|method-starting|method-finished|starting|passed|failed|skipped|' +
        'not-run|assembly-finished)"'
    try {
        while ($true) {
            $left = $Limit - $total.Clock.Elapsed
            $limits = $SilenceLimit, ($ProcessLimit - $clock.Elapsed), $left
            $wait = ($limits | Measure-Object TotalMilliseconds -Minimum).Minimum
            if (-not $read) { $read = $process.StandardOutput.ReadLineAsync() }
            if ($wait -le 0 -or -not $read.Wait([int]$wait)) {
                # On a busy machine, a test without a line may still be at work.
                $process.Refresh()
                if ($wait -gt 0 -and -not $process.HasExited -and
                    ($process.TotalProcessorTime - $worked).TotalSeconds -gt 2) {
                    $worked = $process.TotalProcessorTime
                    continue
                }
                $result.End = if ($total.Clock.Elapsed -ge $Limit) { 'had no time' } else { 'took too long' }
                break
            }
            $line = $read.Result
            $read = $null
            if ($null -eq $line) { break }
            if ($line -notmatch $told) { continue }
            $kind = $Matches[1]
            $message = $line | ConvertFrom-Json
            if ($kind -eq 'assembly-finished') {
                $result.End = $null
                $null = $process.WaitForExit(20000)
                break
            }
            if ($kind -eq 'class-starting') { $classes[$message.TestClassUniqueID] = $message.TestClassName; continue }
            $id = $message.TestMethodUniqueID
            if ($kind -eq 'method-starting') {
                $methods[$id] = New-Result
                $result.Methods["$($classes[$message.TestClassUniqueID]).$($message.MethodName)"] = $methods[$id]
                continue
            }
            switch ($kind) {
                'method-finished' { $methods[$id].Ended = $true }
                'starting' { $names[$message.TestUniqueID] = $message.TestDisplayName }
                'passed' { $methods[$id].Passed++ }
                'skipped' {
                    $methods[$id].Skipped++
                    $methods[$id].Reasons += "$($message.Reason)"
                }
                'not-run' { $methods[$id].NotRun++ }
                'failed' {
                    $methods[$id].Failed++
                    $methods[$id].Messages += "$($names[$message.TestUniqueID])`n$(@($message.Messages)[0])`n" +
                        "$(@($message.StackTraces)[0])"
                }
            }
        }
    }
    finally {
        if (-not $process.HasExited) { Stop-Tests $process }
        $process.Dispose()
    }
    $result
}

$total = [pscustomobject]@{
    Passed = 0; Failed = 0; Skipped = 0; Wine = 0; Again = 0; Left = 0
    Clock = [System.Diagnostics.Stopwatch]::StartNew()
}

function Add-Failure([string] $Name, [string] $Text, [int] $Count = 1) {
    $total.Failed += $Count
    Write-Host "FAILED $Name`n$Text" -ForegroundColor Red
}

# Counts what a method has. One without a whole result has failed, however its process ended.
function Add-Result([string] $Name, $Method, [string] $End) {
    $total.Passed += $Method.Passed
    $total.Skipped += $Method.Skipped
    foreach ($reason in $Method.Reasons | Select-Object -Unique) { Write-Host "SKIPPED $Name`: $reason" }
    if ($Method.Failed) { Add-Failure $Name ($Method.Messages -join "`n") $Method.Failed }
    elseif ($End -eq 'had no time') {
        $total.Left++
        Write-Host "NOT RUN $Name`: the time is over."
    }
    elseif (-not $Method.Ended -or -not ($Method.Passed + $Method.Skipped + $Method.NotRun)) {
        Add-Failure $Name $(if ($End) { "It $End." } else { 'It has no result.' })
    }
}

function Select-Known($Group) {
    $Group.Group | Where-Object {
        $name = $_.Substring($prefix.Length)
        $known.ContainsKey($name) -or $name -in $speaking
    }
}

# Runs classes together and returns, by class, what has a whole result. A class that had not begun when Wine stopped the
# process gets another one, as long as there are fewer of these each time. A test that failed until then has failed.
function Invoke-Together($Groups) {
    $whole = @{}
    for ($first = 0; $first -lt @($Groups).Count; $first += $Together) {
        $waiting = @($Groups | Select-Object -Skip $first -First $Together)
        do {
            $count = $waiting.Count
            $run = Invoke-Tests -ProcessLimit $Limit @(
                $waiting | ForEach-Object { '-class', $_.Name; Select-Known $_ | ForEach-Object { '-method-', $_ } })
            $begun = @($run.Methods.Keys | ForEach-Object { $_ -replace '\.[^.]+$' })
            foreach ($group in $waiting) {
                $tests = @($group.Group | Where-Object { $_ -notin @(Select-Known $group) })
                $isWhole = -not $run.End -or -not ($tests | Where-Object {
                        -not $run.Methods[$_] -or -not $run.Methods[$_].Ended })
                if ($isWhole) { $whole[$group.Name] = @{ Methods = $run.Methods; End = $null } }
            }
            if ($run.End) {
                Write-Verbose "$count classes together: it $($run.End)."
                foreach ($name in $run.Methods.Keys) {
                    if ($run.Methods[$name].Failed) { $failed[$name] = $run.Methods[$name] }
                }
            }
            $waiting = @($waiting | Where-Object { $run.End -and $_.Name -notin $begun })
        } while ($waiting -and $waiting.Count -lt $count -and $total.Clock.Elapsed -lt $Limit)
        Write-Verbose ('{0} of {1} classes have a result after {2:0} s' -f
            $whole.Count, @($Groups).Count, $total.Clock.Elapsed.TotalSeconds)
    }
    $whole
}

# One test by itself: its process had ended before, or it is listed.
function Test-One([string] $Name, [switch] $Languages) {
    $run = if ($total.Clock.Elapsed -lt $Limit) { Invoke-Tests '-method', $Name -Languages:$Languages } else {
        @{ Methods = @{}; End = 'had no time' }
    }
    $method = if ($run.Methods[$Name]) { $run.Methods[$Name] } else { New-Result }
    $method.End = if ($method.Ended) { $null } else { $run.End }
    $method
}

try {
    if (-not $onWindows) { $null = (Start-Tests -Executable wineboot -Argument '-i').WaitForExit(120000) }
    $listing = Start-Tests '-list', 'methods', '-noLogo', '-noColor'
    $all = $listing.StandardOutput.ReadToEnd() -split '\r?\n' -match '^BackupLinks\.\S+$'
    if (-not $all) { throw "$Path lists no tests." }

    $groups = $all | Group-Object { $_ -replace '\.[^.]+$' } | Where-Object {
        $name = $_.Name
        $Class | Where-Object { $name -like $_ }
    }
    if (-not $groups) { throw "No class of $Path has the name '$Class'." }
    $failed = @{}
    $runs = if ($Together -gt 1) { Invoke-Together $groups } else { @{} }
    foreach ($group in $groups) {
        $begin = $total.Clock.Elapsed
        $listed = @(Select-Known $group)
        $rest = @($group.Group | Where-Object { $_ -notin $listed })
        $run = $runs[$group.Name]
        if ($rest -and -not $run) {
            $run = if ($total.Clock.Elapsed -ge $Limit) { @{ Methods = @{}; End = 'had no time' } } else {
                Invoke-Tests (@('-class', $group.Name) + @($listed | ForEach-Object { '-method-', $_ }))
            }
        }
        foreach ($name in $rest) {
            $method = if ($failed[$name]) { $failed[$name] } else { $run.Methods[$name] }
            $end = $run.End
            if (-not $method) { $method = New-Result }
            # The process may have ended in another test of the class.
            if (-not $onWindows -and $end -and -not $method.Ended -and -not $method.Failed) {
                $method = Test-One $name
                $end = $method.End
                if ($method.Ended -and -not $method.Failed) {
                    $total.Again++
                    Write-Host "AGAIN $name passed by itself; before, the process of its class $($run.End)."
                }
            }
            Add-Result $name $method $end
        }
        foreach ($name in $listed) {
            $lack = $known[$name.Substring($prefix.Length)]
            $method = Test-One $name -Languages:(-not $lack)
            if ($method.End -and -not $method.Failed) { $method = Test-One $name -Languages:(-not $lack) }
            if (-not $lack -or $method.End -or ($method.Skipped -and -not $method.Failed)) {
                Add-Result $name $method $method.End
            }
            elseif (-not $method.Failed) {
                Add-Failure $name 'It passes under Wine: remove it from tests/Windows/wine.psd1.'
            }
            elseif ($method.Messages | Where-Object { -not $_.Contains($lack.Error) }) {
                Add-Failure $name "It fails, and not with '$($lack.Error)':`n$($method.Messages -join "`n")"
            }
            else {
                $total.Wine++
                $total.Passed += $method.Passed
                Write-Host "WINE $name`: $($lack.Call)"
            }
        }
        Write-Verbose ('{0} {1:0.0} s {2}' -f $group.Name, ($total.Clock.Elapsed - $begin).TotalSeconds, $run.End)
    }
    foreach ($name in @(@($known.Keys) + $speaking | Where-Object { "$prefix$_" -notin $all })) {
        Add-Failure $name 'There is no such test: remove it from tests/Windows/wine.psd1 or languages.txt.'
    }
}
finally {
    if ($folder) {
        $start = [System.Diagnostics.ProcessStartInfo]::new($server, '-k')
        foreach ($name in $variables.Keys) { $start.EnvironmentVariables[$name] = $variables[$name] }
        $null = [System.Diagnostics.Process]::Start($start).WaitForExit(20000)
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }
}
$total
