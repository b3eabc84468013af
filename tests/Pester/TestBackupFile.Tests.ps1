# Test-BackupFile in this PowerShell. Needs Pester 5 or later and a built module; the folder that ships is imported.

[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'BeforeAll sets what It uses')]
param()

BeforeAll {
    $root = Resolve-Path (Join-Path $PSScriptRoot ../..)
    $version = (Test-ModuleManifest (Join-Path $root BackupLinks.psd1)).Version
    Import-Module (Join-Path $root out/BackupLinks/$version/BackupLinks.psd1) -Force

    # A key 'k' with the value 'v' of Redis 7.0.15, and its CRC-64.
    $rdb = [Convert]::FromHexString(
        '524544495330303130FA0972656469732D76657206372E302E3135FE0000016B0176FF322AA084307DBC88')

    function Write-TestFile([string] $Name, [byte[]] $Bytes) {
        $path = Join-Path $TestDrive $Name
        [System.IO.File]::WriteAllBytes($path, $Bytes)
        $path
    }

    function Compress-TestBytes([byte[]] $Bytes) {
        $output = [System.IO.MemoryStream]::new()
        $gzip = [System.IO.Compression.GZipStream]::new($output, [System.IO.Compression.CompressionMode]::Compress)
        $gzip.Write($Bytes, 0, $Bytes.Length)
        $gzip.Dispose()
        , $output.ToArray()
    }
}

Describe 'Test-BackupFile' {
    It 'says what a whole file is and what verifies it' {
        $report = Test-BackupFile (Write-TestFile whole.rdb $rdb)
        $report.State, $report.Checksum, $report.Format, $report.Engine |
            Should -Be Intact, Verified, RDB, 'Redis 7.0.15'
        $report.Details.Keys | Should -Be 1
        $report.Sha256 | Should -Be (Get-FileHash $report.Path).Hash
    }

    It 'reports a bad file and writes no error' {
        $paths = @(
            Write-TestFile cut.rdb $rdb[0..($rdb.Length - 2)]
            Write-TestFile tail.rdb ($rdb + 0)
            Write-TestFile empty.rdb @()
            Write-TestFile page.rdb ([System.Text.Encoding]::ASCII.GetBytes('<html><title>Sign in</title></html>'))
        )
        $reports = $paths | Test-BackupFile -ErrorAction Stop
        $reports.State | Should -Be Truncated, TrailingData, Empty, NotABackup
        $reports | ForEach-Object Problem | Should -Not -BeNullOrEmpty
        $reports[1].Offset | Should -Be $rdb.Length
    }

    It 'opens a container whatever its name is' {
        $path = Write-TestFile backup.tar (Compress-TestBytes $rdb)
        (Test-BackupFile $path).Format | Should -Be 'gzip > RDB'
        $half = Write-TestFile half.gz (Compress-TestBytes $rdb)[0..30]
        (Test-BackupFile $half).State | Should -Be Truncated
        $inner = Write-TestFile inner.gz (Compress-TestBytes $rdb[0..30])
        (Test-BackupFile $inner).State | Should -Not -Be Intact
        (Test-BackupFile $inner -Depth Container).State | Should -Be Intact
    }

    It 'is true for an intact file only with -Quiet' {
        Test-BackupFile (Write-TestFile good.rdb $rdb) -Quiet | Should -BeTrue
        Test-BackupFile (Write-TestFile bad.rdb $rdb[0..20]) -Quiet | Should -BeFalse
    }

    It 'takes files of Get-ChildItem, and finds those of folders' {
        $folder = Join-Path $TestDrive 'a [1]'
        $null = New-Item -ItemType Directory (Join-Path $folder inner) -Force
        [System.IO.File]::WriteAllBytes((Join-Path $folder one.rdb), $rdb)
        [System.IO.File]::WriteAllBytes((Join-Path $folder inner/two.rdb), $rdb)
        @(Get-ChildItem -LiteralPath $folder -File -Recurse | Test-BackupFile).Count | Should -Be 2
        @(Test-BackupFile -LiteralPath $folder).Count | Should -Be 1
        @(Test-BackupFile -LiteralPath $folder -Recurse).Count | Should -Be 2
    }

    It 'is an error for a missing file and for another hash' {
        $path = Write-TestFile hashed.rdb $rdb
        { Test-BackupFile (Join-Path $TestDrive gone.rdb) -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound*'
        { Test-BackupFile $path -ExpectedHash ('0' * 64) -ErrorAction Stop } | Should -Throw -ErrorId 'HashMismatch*'
        { Test-BackupFile $path -Format Tar -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidFormat*'
        (Test-BackupFile $path -ExpectedHash (Get-FileHash $path).Hash -ErrorAction Stop).State | Should -Be Intact
    }

    It 'shows the state of each file in a table' {
        $null = Write-TestFile shown.rdb $rdb
        $table = Test-BackupFile (Join-Path $TestDrive shown.rdb) | Out-String
        $table | Should -Match 'State'
        $table | Should -Match 'Intact +.*RDB +.*Redis 7.0.15'
    }
}
