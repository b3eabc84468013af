#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests, tries, packages and publishes BackupLinks.
.DESCRIPTION
    Each task is a few lines over dotnet commands that also work without PowerShell.
.EXAMPLE
    ./build.ps1
    Builds the module: bin/, where Import-Module ./BackupLinks.psd1 finds it, and out/BackupLinks/<version>/, what
    ships.
.EXAMPLE
    ./build.ps1 Test
    Runs the xUnit tests, then the Pester tests where Pester is installed, all on the folder that ships.
.EXAMPLE
    ./build.ps1 TestWindows
    Runs the xUnit tests with .NET for Windows: on Windows x64, or elsewhere under Wine (wine64 of Debian). Both
    builds of the module are tested. -Class '*File*' runs some classes.
.EXAMPLE
    ./build.ps1 Package
    Makes out/BackupLinks.<version>.nupkg of that folder. Install-PSResource takes it from a folder that is registered
    as a repository: Register-PSResourceRepository -Name Local -Uri ./out -Trusted
.EXAMPLE
    ./build.ps1 Publish -WhatIf
    Tests, packages, and says what would be published where.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'TestWindows', 'Quickstart', 'Bench', 'Package', 'Publish')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # For TestWindows: the full names of the classes that run, with wildcards.
    [string[]] $Class = '*',

    # For TestWindows: how many classes share a process.
    [int] $Together = 1,

    # For TestWindows: what has no result after this time has failed.
    [timespan] $Limit = '06:00:00',

    # Where Publish publishes to, by the name that PSResourceGet knows it by.
    [string] $Repository = 'PSGallery',

    # The repository's key, for Publish.
    [securestring] $ApiKey
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$source = Join-Path $PSScriptRoot src
if ($Task -eq 'Publish') { $Configuration = 'Release' }

function Invoke-Dotnet([string[]] $Argument) {
    & dotnet @Argument | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Argument[0]) failed with exit code $LASTEXITCODE." }
}

if ($Task -eq 'Build') {
    Invoke-Dotnet -Argument build, (Join-Path $source BackupLinks), --configuration, $Configuration
}

if ($Task -in 'Test', 'Publish') {
    Invoke-Dotnet -Argument test, --solution, (Join-Path $PSScriptRoot BackupLinks.sln), --configuration, $Configuration
    if (Get-Module -ListAvailable -Name Pester | Where-Object Version -GE '5.0') {
        Import-Module Pester -MinimumVersion '5.0'
        $result = Invoke-Pester -Path (Join-Path $PSScriptRoot tests/Pester) -PassThru
        if ($result.Result -ne 'Passed') { throw "$($result.FailedCount) Pester tests failed." }
    }
    else {
        Write-Warning 'Pester 5 or later is not installed; its tests were not run.'
    }
}

if ($Task -eq 'TestWindows') {
    $tests = Join-Path $PSScriptRoot tests
    $names = 'BackupLinks.Tests', 'BackupLinks.Tests.NetStandard'
    foreach ($name in $names) {
        Invoke-Dotnet -Argument publish, (Join-Path $tests $name), '-p:TestsForWindows=true',
            '-p:RunAnalyzers=false', --configuration, $Configuration, --output,
            (Join-Path $PSScriptRoot out/windows/$name)
    }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $results = foreach ($name in $names) {
        $program = Join-Path $PSScriptRoot out/windows/$name/$name.exe
        $share = [timespan]::FromTicks(($Limit - $clock.Elapsed).Ticks / ($names.Count - $names.IndexOf($name)))
        $isVerbose = $VerbosePreference -eq 'Continue'
        & (Join-Path $tests Windows/Invoke-WindowsTest.ps1) $program -Class $Class -Together $Together -Limit $share `
            -Verbose:$isVerbose
    }
    $sum = @{}
    foreach ($key in 'Passed', 'Failed', 'Skipped', 'Wine', 'Again', 'Left') {
        $sum[$key] = ($results | Measure-Object $key -Sum).Sum
    }
    "Windows: $($sum.Passed) passed, $($sum.Failed) failed, $($sum.Skipped) skipped, " +
        "$($sum.Wine) known to fail under Wine, $($sum.Again) passed at the second attempt, $($sum.Left) without time"
    if ($sum.Failed) { throw "$($sum.Failed) tests for Windows failed." }
    if ($sum.Left) { throw "$($sum.Left) tests for Windows had no time: raise -Limit, or name fewer classes." }
    if (-not $sum.Passed) { throw 'No test for Windows ran.' }
}

if ($Task -eq 'Quickstart') {
    Invoke-Dotnet -Argument run, --project, (Join-Path $source BackupLinks.Sandbox), --configuration, $Configuration
}

if ($Task -eq 'Bench') {
    Invoke-Dotnet -Argument run, --project, (Join-Path $PSScriptRoot bench/BackupLinks.Benchmarks), --configuration,
        Release
}

if ($Task -in 'Package', 'Publish') {
    Invoke-Dotnet -Argument pack, (Join-Path $source BackupLinks), --configuration, $Configuration
}

if ($Task -eq 'Publish') {
    $version = (Test-ModuleManifest (Join-Path $PSScriptRoot BackupLinks.psd1)).Version
    $package = Join-Path $PSScriptRoot "out/BackupLinks.$version.nupkg"
    if ($PSCmdlet.ShouldProcess("$package to $Repository", 'Publish')) {
        $key = if (-not $ApiKey) { @{} } else {
            @{ ApiKey = [pscredential]::new('key', $ApiKey).GetNetworkCredential().Password }
        }
        Publish-PSResource -NupkgPath $package -Repository $Repository @key
    }
}
