#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests and tries BackupLinks.
.DESCRIPTION
    Each task is a few lines over dotnet commands that also work without PowerShell.
.EXAMPLE
    ./build.ps1
    Builds the module into bin/, where Import-Module ./BackupLinks.psd1 finds it.
.EXAMPLE
    ./build.ps1 Test
    Runs the xUnit tests, then the Pester tests where Pester is installed.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Quickstart')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') failed with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    Invoke-Dotnet build (Join-Path $PSScriptRoot src/BackupLinks) --configuration $Configuration
}

function Invoke-Test {
    Invoke-Dotnet test --solution (Join-Path $PSScriptRoot BackupLinks.sln) --configuration $Configuration
    if (-not (Get-Module -ListAvailable -Name Pester | Where-Object Version -GE 5.0)) {
        Write-Warning 'Pester 5 or later is not installed; its tests were not run.'
        return
    }
    $result = Invoke-Pester -Path (Join-Path $PSScriptRoot tests/Pester) -PassThru
    if ($result.Result -ne 'Passed') { throw "$($result.FailedCount) Pester tests failed." }
}

function Invoke-Quickstart {
    Invoke-Dotnet run --project (Join-Path $PSScriptRoot src/BackupLinks.Sandbox) --configuration $Configuration
}

& "Invoke-$Task"
