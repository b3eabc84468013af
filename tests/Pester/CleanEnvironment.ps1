# The environment of the Pester tests and of every shell that they start: the variables that a machine needs, a home
# that is empty, and a folder of their own. The caller's keys, proxies, vaults and profiles stay outside until the tests
# are over.

function Enter-CleanEnvironment {
    # Everything else stays outside, so that a variable that a provider adds later does, too.
    $kept = '^(PATH|PATHEXT|COMSPEC|OS|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PROGRAMFILES|PROGRAMFILES\(X86\)|PROGRAMW6432|' +
        'PROGRAMDATA|COMMONPROGRAMFILES|COMMONPROGRAMFILES\(X86\)|NUMBER_OF_PROCESSORS|LANG|LANGUAGE|TZ|TZDIR|TERM|' +
        'NO_COLOR|CI|LD_LIBRARY_PATH)$|' +
        '^(DOTNET_|COMPLUS_|CORECLR_|LC_|PROCESSOR_)'
    $prefix = 'BackupLinks.Pester.'
    $parent = [System.IO.Path]::GetTempPath()
    # A run that was killed on a machine without /bin/sh has left its folder.
    foreach ($folder in [System.IO.Directory]::GetDirectories($parent, "$prefix*")) {
        $owner = $folder -replace '^.*\.(\d+)$', '$1'
        if (-not (Get-Process -Id $owner -ErrorAction Ignore)) {
            Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
        }
    }

    $state = @{
        Folder    = (New-Item -ItemType Directory (Join-Path $parent "$prefix$PID") -Force).FullName
        Variables = [System.Environment]::GetEnvironmentVariables()
        Vaults    = Get-Module Microsoft.PowerShell.SecretManagement
        Watch     = $null
    }
    foreach ($name in @($state.Variables.Keys)) {
        if ($name -notmatch $kept) { Remove-Item -LiteralPath Env:$name }
    }
    $userHome = Join-Path $state.Folder home
    $clean = @{
        HOME = $userHome; USERPROFILE = $userHome; TMPDIR = $state.Folder; TMP = $state.Folder; TEMP = $state.Folder
        APPDATA = Join-Path $userHome AppData/Roaming; LOCALAPPDATA = Join-Path $userHome AppData/Local
        XDG_CONFIG_HOME = Join-Path $userHome .config; XDG_CACHE_HOME = Join-Path $userHome .cache
        XDG_DATA_HOME = Join-Path $userHome .local/share; XDG_STATE_HOME = Join-Path $userHome .local/state
        PSModulePath = Join-Path $PSHOME Modules
        POWERSHELL_TELEMETRY_OPTOUT = '1'; POWERSHELL_UPDATECHECK = 'Off'
        DOTNET_CLI_TELEMETRY_OPTOUT = '1'; DOTNET_NOLOGO = '1'
    }
    $null = New-Item -ItemType Directory $userHome -Force
    foreach ($name in $clean.Keys) { [System.Environment]::SetEnvironmentVariable($name, $clean[$name]) }
    # The vaults that this process has read already are the caller's.
    if ($state.Vaults) { Remove-Module $state.Vaults -Force }
    $state
}

function Exit-CleanEnvironment($State) {
    foreach ($name in @([System.Environment]::GetEnvironmentVariables().Keys)) {
        if (-not $State.Variables.ContainsKey($name)) { Remove-Item -LiteralPath Env:$name }
    }
    foreach ($name in $State.Variables.Keys) {
        [System.Environment]::SetEnvironmentVariable($name, $State.Variables[$name])
    }
    if ($State.Vaults) { Import-Module $State.Vaults.Path -Global }
    Remove-Item -LiteralPath $State.Folder -Recurse -Force -ErrorAction Ignore
    if ($State.Watch -and -not $State.Watch.HasExited) {
        $State.Watch.StandardInput.WriteLine('done')
        $State.Watch.StandardInput.Dispose()
        $null = $State.Watch.WaitForExit(60000)
    }
}

# When this shell is killed, the pipe ends; then another one ends what has the folder in its variables, and removes the
# folders.
function Start-CleanEnvironmentWatch($State, [string[]] $Folder) {
    if (-not (Test-Path /bin/sh)) { return }
    $script = @'
trap '' INT TERM HUP
read -r word
for file in $(grep -lazxsF -- "TMPDIR=$1" /proc/[0-9]*/environ); do
  id=${file#/proc/}
  kill -9 "${id%/environ}"
done 2> /dev/null
# The other folders are Pester's, which removes them at its own end.
[ "$word" = done ] && set -- "$1"
rm -rf -- "$@" 2> /dev/null || { sleep 1; rm -rf -- "$@"; }
'@
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    foreach ($argument in @('-c', $script, 'sh', $State.Folder) + $Folder) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    # Or it would find itself.
    $null = $start.Environment.Remove('TMPDIR')
    $State.Watch = [System.Diagnostics.Process]::Start($start)
}
