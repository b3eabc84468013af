# Where links go: to other processes, the screen, files, and the runbook for the night. Against a served sandbox, like
# BackupLinks.Tests.ps1.

[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'BeforeAll sets what It uses')]
[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseUsingScopeModifierInNewRunspaces', '', Justification = 'The block declares them itself')]
param()

BeforeAll {
    . (Join-Path $PSScriptRoot Sandbox.ps1)
}

AfterAll {
    Exit-Sandbox $sandbox $environment
}

Describe 'Links in other processes and runspaces' {
    It 'come out of Start-Job and are saved here' {
        $job = Start-Job {
            $manifest, $huawei = $using:manifest, $using:huawei
            Import-Module $manifest
            Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01
        }
        $links = $job | Receive-Job -Wait -AutoRemoveJob
        $links[0].PSObject.TypeNames[0] | Should -Be Deserialized.BackupLinks.HuaweiCloud.Rds.RdsBackupFile
        $saved = $links | Save-BackupFile -Destination TestDrive:/job
        $saved.Status | Should -Be Saved, Saved
    }

    It 'go into Start-Job and are saved there' {
        $links = Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01
        $folder = (New-Item -ItemType Directory TestDrive:/injob).FullName
        $saved = Start-Job {
            Import-Module $using:manifest
            $using:links | Save-BackupFile -Destination $using:folder
        } | Receive-Job -Wait -AutoRemoveJob
        $saved | Should -HaveCount 2
        foreach ($file in $saved) { (Get-FileHash -LiteralPath $file.Path).Hash | Should -Be $file.Sha256 }
    }

    It 'work in ForEach-Object -Parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $folder = (New-Item -ItemType Directory TestDrive:/parallel).FullName
        $saved = 1..6 | ForEach-Object -ThrottleLimit 3 -Parallel {
            $huawei = $using:huawei
            Import-Module $using:manifest
            Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 |
                Save-BackupFile -Destination "$using:folder/$_"
        }
        $saved.Status | Should -Be (@('Saved') * 12)
    }

    It 'are whole again after Export-Clixml: <_>' -ForEach @(
        'Get-DcsBackupLink', 'Get-DcsLogLink', 'Get-RdsBackupFile', 'Get-CdsBackupDownload'
    ) {
        $link = switch ($_) {
            Get-DcsBackupLink { Get-DcsBackupLink @huawei @dcs -BackupId 3dc6ba15-ba97-4624-bcbd-3cc08d6336b0 }
            Get-DcsLogLink { Get-DcsLogLink @huawei @dcs -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33 }
            Get-RdsBackupFile {
                Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 | Select-Object -First 1
            }
            Get-CdsBackupDownload {
                Get-CdsBackupDownload @capitalOnline @cds -BackupId 77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2
            }
        }
        $link | Export-Clixml TestDrive:/link.xml
        $copy = Import-Clixml TestDrive:/link.xml
        $copy.Uri.OriginalString | Should -BeExactly $link.Uri.OriginalString
        # An enumeration comes back as its number, which binds like its name. The time that is left changes meanwhile.
        $kept = $link.PSObject.Properties.Where{ $_.Value -isnot [enum] -and $_.Name -ne 'ExpiresIn' }
        foreach ($property in $kept.Name) { "$($copy.$property)" | Should -BeExactly "$($link.$property)" }
        ($copy | Save-BackupFile -Destination TestDrive:/clixml).Status | Should -Be Saved
        (Get-Content -Raw TestDrive:/link.xml) | Should -Not -Match 'SandboxSecretKey|CDSSandboxSecret'
    }
}

Describe 'Ctrl+C' {
    It 'ends a download, which goes on later' {
        $links = Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 |
            Where-Object DatabaseName -EQ orders
        $folder = (New-Item -ItemType Directory TestDrive:/stopped).FullName
        $job = Start-ThreadJob {
            Import-Module $using:manifest
            $using:links | Save-BackupFile -Destination $using:folder -BandwidthLimit 512KB
        }
        $deadline = [datetime]::UtcNow.AddSeconds(30)
        do { Start-Sleep -Milliseconds 50 } until (
            (Get-ChildItem $folder -Filter *.partial).Length -gt 0 -or [datetime]::UtcNow -gt $deadline)
        Start-Sleep -Milliseconds 500
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $job | Stop-Job
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        $job.State | Should -Be Stopped
        Join-Path $folder $links.FileName | Should -Not -Exist
        $job | Remove-Job

        $saved = $links | Save-BackupFile -Destination $folder
        $saved.BytesResumed | Should -BeGreaterThan 0
        (Get-FileHash -LiteralPath $saved.Path).Hash | Should -Be $saved.Sha256
        Get-ChildItem $folder | Should -HaveCount 1
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

    It 'has help with a synopsis, examples and every parameter for every cmdlet' {
        foreach ($cmdlet in (Get-Module BackupLinks).ExportedCommands.Keys) {
            $help = Get-Help $cmdlet -Full
            $help.Synopsis | Should -Not -BeLike "$cmdlet *"
            @($help.examples.example).Count | Should -BeGreaterOrEqual 2
            $common = [System.Management.Automation.Cmdlet]::CommonParameters
            $own = (Get-Command $cmdlet).Parameters.Keys | Where-Object { $_ -notin $common }
            $help.parameters.parameter.name | Sort-Object | Should -Be ($own | Sort-Object)
        }
    }

    It 'has <_> for Get-Help, for a screen of 80 columns' -ForEach about_BackupLinks, about_BackupLinks_Runbooks {
        $text = Get-Help $_
        $text | Should -BeOfType string
        $text | Should -Match 'SHORT DESCRIPTION'
        $text -split '\r?\n' | Where-Object Length -GT 79 | Should -BeNullOrEmpty
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

    It 'has no signature in what a script puts out, whatever comes with it' {
        $script = (New-Item TestDrive:/script.ps1 -Value @'
param($manifest, $huawei, $dcs)
Import-Module $manifest
Get-DcsBackupLink @huawei @dcs -BackupId 3dc6ba15-ba97-4624-bcbd-3cc08d6336b0
Get-DcsLogLink @huawei @dcs -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33
Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01
'@).FullName
        $text = & $script $manifest $huawei $dcs | Out-String -Width 200
        $text | Should -Match 'orders.bak'
        $text | Should -Not -Match 'Signature|AccessKeyId'
    }
}

Describe 'Links in a file' {
    BeforeAll {
        $links = @(Get-DcsBackupLink @huawei @dcs -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439) +
            @(Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01)
        $folder = (New-Item -ItemType Directory TestDrive:/manifests).FullName
        $path = Join-Path $folder links.jsonl
        $links | Export-BackupLink $path -WarningVariable warnings -WarningAction SilentlyContinue
    }

    It 'are written with a warning that says until when they live' {
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*5 links*until*like a key*'
    }

    It 'are for their owner only' -Skip:$IsWindows {
        (Get-Item $path).UnixMode | Should -Be '-rw-------'
    }

    It 'are saved from there by another process' {
        $saved = & $shell -NoProfile -Command {
            param($manifest, $folder)
            Import-Module $manifest
            Get-ChildItem $folder -Filter *.jsonl | Import-BackupLink -Shard 1/2 |
                Save-BackupFile -Destination $folder/one
            Import-BackupLink $folder/links.jsonl -Shard 2/2 | Save-BackupFile -Destination $folder/two
        } -args $manifest, $folder
        $saved | Should -HaveCount 5
        @(Get-ChildItem $folder/one).Count | Should -BeIn 2, 3
        (Get-ChildItem $folder/one, $folder/two).Name | Sort-Object | Should -Be ($links.FileName | Sort-Object)
    }

    It 'are addresses for Invoke-WebRequest' {
        Import-BackupLink $path | ForEach-Object { Invoke-WebRequest -Uri $_ -OutFile (Join-Path $folder $_.FileName) }
        (Get-Item (Join-Path $folder $links[0].FileName)).Length | Should -BeGreaterThan 0
    }

    It 'show no signature' {
        Import-BackupLink $path | Format-Table | Out-String | Should -Not -BeLike '*Signature*'
        Import-BackupLink $path | Format-List | Out-String | Should -Not -BeLike '*Signature*'
        "$(Import-BackupLink $path)" | Should -Not -BeLike '*Signature*'
    }

    It 'complete by the names of formats' {
        (TabExpansion2 'Export-BackupLink x -Format A').CompletionMatches.CompletionText | Should -Be Aria2
    }
}

Describe 'The runbook for the night' {
    BeforeAll {
        $runbook = Join-Path $root samples/nightly.ps1
        $night = (New-Item -ItemType Directory TestDrive:/night).FullName
        $config = Join-Path $night nightly.psd1
        Set-Content $config "@{ Destination = 'backups'; Service = 'Rds'; ReportPath = 'report.html' }"
        $null = New-Item -ItemType Directory (Join-Path $night backups)
        $before = @{}
        $environment = @{
            PSModulePath = (Join-Path $root out) + [System.IO.Path]::PathSeparator + $env:PSModulePath
            HUAWEICLOUD_SDK_AK = 'SANDBOXAKOPERATOR000'
            HUAWEICLOUD_SDK_SK = 'SandboxSecretKeyOfTheOperator00000000000'
            HUAWEICLOUD_SDK_REGION = 'cn-north-4'
            HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4 = $endpoint
            HUAWEICLOUD_SDK_REGION_RDS_CN_NORTH_4 = $endpoint
            HUAWEICLOUD_SDK_IAM_ENDPOINT = $endpoint
        }
        foreach ($name in $environment.Keys) {
            $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
            [System.Environment]::SetEnvironmentVariable($name, $environment[$name])
        }
    }

    AfterAll {
        foreach ($name in $before.Keys) { [System.Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }

    # In the fleet of the sandbox, the newest backup of some instances failed.
    It 'saves the newest backup of each instance of a fleet, and names each one whose newest backup failed' {
        $null = & $shell -NoProfile -NonInteractive -File $runbook -ConfigPath $config
        $LASTEXITCODE | Should -Be 2
        $null = & $shell -NoProfile -NonInteractive -File $runbook -ConfigPath $config -Initialize
        $LASTEXITCODE | Should -Be 0
        Remove-Item (Join-Path $night nightly.jsonl)
        $null = & $shell -NoProfile -NonInteractive -File $runbook -ConfigPath $config
        $LASTEXITCODE | Should -Be 1
        $log = Get-Content (Join-Path $night nightly.jsonl) | ConvertFrom-Json
        $log[0].event, $log[-1].event | Should -Be started, finished
        $failed = @($log | Where-Object event -EQ failed)
        $failed.Count | Should -BeGreaterThan 10
        $failed | Where-Object { -not ($_.id -and $_.instance) } | Should -BeNullOrEmpty
        $log[-1].failed | Should -Be $failed.Count
        $saved = $log | Where-Object event -EQ saved
        $saved.Count | Should -BeGreaterThan 100
        $saved[0].sha256 | Should -Be (Get-FileHash $saved[0].path).Hash
        Get-Content (Join-Path $night report.html) -Raw | Should -Match '<html'
    }

    It 'says by its exit code that nothing could start' {
        $env:HUAWEICLOUD_SDK_AK = $env:HUAWEICLOUD_SDK_SK = ''
        $null = & $shell -NoProfile -NonInteractive -File $runbook -ConfigPath $config 2>&1
        $LASTEXITCODE | Should -Be 2
    }
}
