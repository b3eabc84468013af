# What the tests of cmdlets begin with, for BeforeAll to dot-source: a clean environment, the module, a served sandbox,
# and what the cmdlets are called with.

[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'The tests use what this sets')]
[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = "The sandbox's keys are public")]
param()

. (Join-Path $PSScriptRoot CleanEnvironment.ps1)

function Exit-Sandbox($Sandbox, $Environment) {
    if ($Sandbox -and -not $Sandbox.HasExited) {
        $Sandbox.Kill($true)
        $Sandbox.WaitForExit()
    }
    if ($Environment) { Exit-CleanEnvironment $Environment }
}

$root = Resolve-Path (Join-Path $PSScriptRoot ../..)
# This PowerShell once more; one that is a tool of dotnet runs as dotnet, and has its own program in its folder.
$shell = (Get-Process -Id $PID).Path
if ([System.IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { $shell = Join-Path $PSHOME pwsh }
$version = (Test-ModuleManifest (Join-Path $root BackupLinks.psd1)).Version
$manifest = Join-Path $root out/BackupLinks/$version/BackupLinks.psd1

# Of the caller's environment: what dotnet and the modules that are installed are found by.
$packages = (dotnet nuget locals global-packages --list) -replace '^global-packages: '
$secretStore = Get-Module -ListAvailable Microsoft.PowerShell.SecretStore | Select-Object -First 1 |
    ForEach-Object { $_.ModuleBase | Split-Path | Split-Path }
$build = dotnet build (Join-Path $root src/BackupLinks.Sandbox) --configuration Debug --verbosity quiet
if ($LASTEXITCODE -ne 0) { throw "The sandbox was not built: $build" }
$program = Get-Item (Join-Path $root src/BackupLinks.Sandbox/bin/Debug/*/BackupLinks.Sandbox.dll) |
    Sort-Object LastWriteTime | Select-Object -Last 1

$environment = Enter-CleanEnvironment
Start-CleanEnvironmentWatch $environment -Folder "$TestDrive"
Import-Module $manifest -Force

$log = Join-Path $environment.Folder sandbox.log
$arguments = "`"$program`"", 'serve', '--port', '0'
$sandbox = Start-Process dotnet -ArgumentList $arguments -RedirectStandardOutput $log -PassThru
$deadline = [datetime]::UtcNow.AddMinutes(5)
do {
    if ($sandbox.HasExited -or [datetime]::UtcNow -gt $deadline) { throw "The sandbox did not start; see $log." }
    Start-Sleep -Milliseconds 200
    $address = Select-String -Path $log -Pattern '^The clouds are at (\S+)' -ErrorAction Ignore
} until ($address)
$endpoint = $address.Matches[0].Groups[1].Value

function Get-SandboxCredential([string] $Key, [string] $Secret) {
    [pscredential]::new($Key, (ConvertTo-SecureString $Secret -AsPlainText -Force))
}
$huawei = @{
    Credential = Get-SandboxCredential SANDBOXAKOPERATOR000 SandboxSecretKeyOfTheOperator00000000000
    Region     = 'cn-north-4'
    Endpoint   = $endpoint
}
$capitalOnline = @{
    Credential = Get-SandboxCredential CDSSANDBOXAK0000000000 CDSSandboxSecretKey00000000000000
    Endpoint   = $endpoint
}
$dcs = @{ InstanceId = '5c597ce5-9823-48aa-bf4d-2defb9385b4a' }
$cds = @{ InstanceId = '5ac7c945-ae47-4bbf-82e6-2823d64b57c5' }
