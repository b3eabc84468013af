# The cmdlets in this PowerShell, against a served sandbox. Needs Pester 5 or later and a built module.

BeforeAll {
    $root = Resolve-Path (Join-Path $PSScriptRoot ../..)
    Import-Module (Join-Path $root BackupLinks.psd1) -Force

    $log = Join-Path ([System.IO.Path]::GetTempPath()) "backuplinks-sandbox-$PID.log"
    $project = Join-Path $root src/BackupLinks.Sandbox
    $sandbox = Start-Process dotnet -ArgumentList 'run', '--project', "`"$project`"", '--', 'serve', '--port', '0' -RedirectStandardOutput $log -PassThru
    $deadline = [datetime]::UtcNow.AddMinutes(2)
    do {
        if ($sandbox.HasExited -or [datetime]::UtcNow -gt $deadline) { throw "The sandbox did not start; see $log." }
        Start-Sleep -Milliseconds 200
        $address = Select-String -Path $log -Pattern '^The clouds are at (\S+)' -ErrorAction Ignore
    } until ($address)
    $endpoint = $address.Matches[0].Groups[1].Value

    function New-Credential([string] $Key, [string] $Secret) {
        [pscredential]::new($Key, (ConvertTo-SecureString $Secret -AsPlainText -Force))
    }
    $huawei = @{
        Credential = New-Credential SANDBOXAKOPERATOR000 SandboxSecretKeyOfTheOperator00000000000
        Region     = 'cn-north-4'
        Endpoint   = $endpoint
    }
    $capitalOnline = @{
        Credential = New-Credential CDSSANDBOXAK0000000000 CDSSandboxSecretKey00000000000000
        Endpoint   = $endpoint
    }
    $dcs = @{ InstanceId = '5c597ce5-9823-48aa-bf4d-2defb9385b4a' }
    $cds = @{ InstanceId = '5ac7c945-ae47-4bbf-82e6-2823d64b57c5' }
}

AfterAll {
    # dotnet run starts the sandbox as a child of its own.
    if ($sandbox -and -not $sandbox.HasExited) { $sandbox.Kill($true) }
    Remove-Item $log -ErrorAction Ignore
}

Describe 'Get-DcsBackupLink' {
    It 'gives one link a file' {
        $links = Get-DcsBackupLink @huawei @dcs -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439
        $links | Should -HaveCount 3
        $links[0].GetType().Name | Should -Be DcsBackupLink
    }

    It 'takes backup ids from the pipeline and reports the one that is gone' {
        $links = '3dc6ba15-ba97-4624-bcbd-3cc08d6336b0', 'gone' | Get-DcsBackupLink @huawei @dcs -ErrorAction SilentlyContinue -ErrorVariable problem
        $links | Should -HaveCount 1
        $problem.FullyQualifiedErrorId | Should -Be 'NotFound,BackupLinks.Cmdlets.GetDcsBackupLinkCommand'
    }

    It 'gives links that Invoke-WebRequest takes as they are' {
        Push-Location TestDrive:
        try {
            Get-DcsBackupLink @huawei @dcs -BackupId 3dc6ba15-ba97-4624-bcbd-3cc08d6336b0 |
                ForEach-Object { Invoke-WebRequest -Uri $_ -OutFile $_.FileName }
            (Get-Item 20190924204307_redis.rdb).Length | Should -Be 262144
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Get-DcsLogLink' {
    It 'gives the link of a log' {
        (Get-DcsLogLink @huawei @dcs -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33).FileName | Should -Be redis_192.168.63.250_2021-04-16.log
    }
}

Describe 'Get-RdsBackupFile' {
    It 'gives one file a database' {
        (Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01).DatabaseName | Should -Be orders, customers
    }
}

Describe 'Get-CdsBackupDownload' {
    It 'gives both addresses' {
        $download = Get-CdsBackupDownload @capitalOnline @cds -BackupId 77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2 -Network Intranet
        $download.Uri | Should -Be $download.IntranetUri
        $download.PublicUri | Should -Not -BeNullOrEmpty
    }
}

Describe 'The commands that list' {
    It 'lead from nothing to links' {
        Get-DcsInstance @huawei -Name prod-s* | Get-DcsBackup @huawei -Latest | Get-DcsBackupLink @huawei | Should -HaveCount 3
        Get-RdsInstance @huawei prod-o* | Get-RdsBackup @huawei -Since (Get-Date).AddDays(-1) -Type Auto | Get-RdsBackupFile @huawei | Should -HaveCount 2
        Get-DcsLog @huawei @dcs | Get-DcsLogLink @huawei | Should -HaveCount 1
        Get-CdsInstance @capitalOnline prod-c* | Get-CdsBackup @capitalOnline -Latest | Get-CdsBackupDownload @capitalOnline -Network Intranet | Should -HaveCount 1
    }

    It 'list a fleet, each backup once' {
        $backups = Get-DcsInstance @huawei | Get-DcsBackup @huawei -ThrottleLimit 16
        $backups.Count | Should -BeGreaterOrEqual 5000
        ($backups | Sort-Object BackupId -Unique).Count | Should -Be $backups.Count
    }

    It 'ask for one page when five are enough' {
        $lines = Get-RdsInstance @huawei -Verbose 4>&1 | Select-Object -First 6
        @($lines | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -match '/instances' }) | Should -HaveCount 1
    }

    It 'bind also what comes back from a file' {
        Get-DcsBackup @huawei @dcs -Latest | Export-Clixml TestDrive:/backup.xml
        Import-Clixml TestDrive:/backup.xml | Get-DcsBackupLink @huawei | Should -HaveCount 3
    }
}

Describe 'Save-BackupFile' {
    It 'saves links, and links back from Export-Clixml, and knows what is there' {
        $links = Get-DcsBackupLink @huawei @dcs -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439
        $saved = $links | Save-BackupFile -Destination TestDrive:/saved
        $saved | Should -HaveCount 3
        foreach ($file in $saved) { (Get-FileHash -LiteralPath $file.Path).Hash | Should -Be $file.Sha256 }

        $links | Export-Clixml TestDrive:/links.xml
        (Import-Clixml TestDrive:/links.xml | Save-BackupFile -Destination TestDrive:/saved).Status | Should -Be AlreadyPresent, AlreadyPresent, AlreadyPresent
    }

    It 'takes the rows of a CSV file' {
        Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 | Select-Object Uri, FileName, Size | Export-Csv TestDrive:/links.csv
        Import-Csv TestDrive:/links.csv | Save-BackupFile -Destination TestDrive:/rows | Should -HaveCount 2
        Get-ChildItem TestDrive:/rows | Should -HaveCount 2
    }

    It 'saves nothing with -WhatIf' {
        Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 | Save-BackupFile -Destination TestDrive:/nothing -WhatIf
        'TestDrive:/nothing' | Should -Not -Exist
    }
}

Describe 'What is shown' {
    It 'has no signature and no key in errors, in any view' {
        $Error.Clear()
        'gone', '..' | Get-DcsBackupLink @huawei @dcs -ErrorAction SilentlyContinue
        Get-CdsBackupDownload @capitalOnline -InstanceId a -BackupId b -ErrorAction SilentlyContinue
        $Error.Count | Should -Be 3
        $text = ($Error | Format-List * -Force | Out-String) + ($Error | Get-Error | Out-String)
        $text | Should -Not -Match 'Signature=|SandboxSecretKey|CDSSandboxSecret'
    }

    It 'has help with a synopsis, examples and every parameter for <_>' -ForEach Get-DcsBackupLink, Get-DcsLogLink, Get-RdsBackupFile, Get-CdsBackupDownload, Get-DcsInstance, Get-DcsBackup, Get-DcsLog, Get-RdsInstance, Get-RdsBackup, Get-CdsInstance, Get-CdsBackup, Save-BackupFile {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeLike "$_ *"
        @($help.examples.example).Count | Should -BeGreaterOrEqual 2
        @($help.parameters.parameter).Count | Should -BeGreaterThan 10
    }

    It 'has no signature in <_>' -ForEach Format-Table, Format-List, Format-Wide, Format-Custom {
        $links = @(Get-DcsBackupLink @huawei @dcs -BackupId 3dc6ba15-ba97-4624-bcbd-3cc08d6336b0) +
            @(Get-DcsLogLink @huawei @dcs -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33) +
            @(Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01) +
            @(Get-CdsBackupDownload @capitalOnline @cds -BackupId 77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2)
        foreach ($link in $links) {
            $link | & $_ | Out-String | Should -Not -Match 'Signature|AccessKeyId'
        }
    }
}
