# The cmdlets in this PowerShell, against a served sandbox. Needs Pester 5 or later and a built module. What is imported
# is the folder that ships.

[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'BeforeAll sets what It uses')]
[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseUsingScopeModifierInNewRunspaces', '', Justification = 'The block declares them itself')]
[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = "The sandbox's keys are public")]
param()

BeforeAll {
    . (Join-Path $PSScriptRoot CleanEnvironment.ps1)
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
}

AfterAll {
    if ($sandbox -and -not $sandbox.HasExited) {
        $sandbox.Kill($true)
        $sandbox.WaitForExit()
    }
    if ($environment) { Exit-CleanEnvironment $environment }
}

Describe 'The tests' {
    It 'see no key, proxy, home or vault of their caller' {
        $variables = [System.Environment]::GetEnvironmentVariables()
        $variables.Keys | Where-Object { $_ -match '^(HUAWEICLOUD|CDS|ALIBABA|TENCENTCLOUD|AWS)_|_PROXY$' } |
            Should -BeNullOrEmpty
        foreach ($name in $variables.Keys -match '^(HOME|USERPROFILE|XDG_.*|.*APPDATA|TMPDIR)$') {
            $variables[$name] | Should -BeLike "$($environment.Folder)*"
        }
        Get-Command Microsoft.PowerShell.SecretManagement\Get-Secret -ErrorAction Ignore | Should -BeNullOrEmpty
        { Get-RdsBackupFile x -Region cn-north-4 } | Should -Throw -ErrorId 'CredentialNotFound,*'
    }

    It 'start shells that see none of it, either' {
        $found = & $shell -NoProfile -Command {
            param($manifest)
            Import-Module $manifest
            "$HOME"
            try { Get-RdsBackupFile x -Region cn-north-4 } catch { $_.FullyQualifiedErrorId }
        } -args $manifest
        $found[0] | Should -BeLike "$($environment.Folder)*"
        $found[1] | Should -BeLike 'CredentialNotFound,*'
    } -Skip:$IsWindows
}

Describe 'The module' {
    It 'exports the cmdlets of its manifest and nothing else' {
        $module = Get-Module BackupLinks
        $module.ModuleBase | Should -Be (Split-Path $manifest)
        $module.ExportedCmdlets.Count | Should -Be ($module.ExportedCommands.Count - $module.ExportedAliases.Count)
        $found = [regex]::Matches(
            (Get-Content -Raw $manifest), "'((?:Get|Save|Export|Import|Test|Remove)-\w+)'")
        $names = $found.ForEach{ $_.Groups[1].Value }
        $module.ExportedCommands.Keys | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'has approved verbs' {
        (Get-Command -Module BackupLinks).Verb | Sort-Object -Unique | Should -BeIn (Get-Verb).Verb
    }

    It 'is imported from the checkout, too' {
        $result = & $shell -NoProfile -Command {
            param($path)
            Import-Module $path
            (Get-Module BackupLinks).ModuleBase
            (Get-Module BackupLinks).ExportedCommands.Count
        } -args (Join-Path $root BackupLinks.psd1)
        $result | Should -Be "$root", (Get-Module BackupLinks).ExportedCommands.Count
    }

    It 'works beside a module that has loaded another System.Text.Json' {
        $json = Join-Path $packages 'system.text.json/8.*/lib/netstandard2.0/System.Text.Json.dll'
        $json = Get-Item $json -ErrorAction Ignore | Select-Object -Last 1
        if (-not $json) { Set-ItResult -Skipped -Because 'no System.Text.Json 8 is in the package cache' }
        $other = (New-Item -ItemType Directory TestDrive:/Other).FullName
        Set-Content (Join-Path $other Other.psm1) @"
`$assembly = [System.Reflection.Assembly]::LoadFile('$json')
function Get-OtherJson { `$assembly.GetName().Version }
"@
        $result = & $shell -NoProfile -Command {
            param($other, $manifest, $endpoint)
            $ErrorActionPreference = 'Stop'
            Import-Module $other
            Import-Module $manifest
            $env:HUAWEICLOUD_SDK_AK = 'SANDBOXAKOPERATOR000'
            $env:HUAWEICLOUD_SDK_SK = 'SandboxSecretKeyOfTheOperator00000000000'
            $link = Get-RdsBackupFile c0c9f155c7b7423a9d30f0175998b63bbr01 -Region cn-north-4 -Endpoint $endpoint
            $loaded = [System.AppDomain]::CurrentDomain.GetAssemblies()
            [pscustomobject]@{
                Other  = (Get-OtherJson).Major
                Loaded = $loaded.Where{ $_.GetName().Name -eq 'System.Text.Json' }.Count
                Files  = $link.Count
            }
        } -args (Join-Path $other Other.psm1), $manifest, $endpoint
        $result.Other | Should -Be 8
        $result.Loaded | Should -Be 2
        $result.Files | Should -Be 2
    }
}

Describe 'Get-DcsBackupLink' {
    It 'gives one link a file' {
        $links = Get-DcsBackupLink @huawei @dcs -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439
        $links | Should -HaveCount 3
        $links[0].GetType().Name | Should -Be DcsBackupLink
    }

    It 'takes backup ids from the pipeline and reports the one that is gone' {
        $links = '3dc6ba15-ba97-4624-bcbd-3cc08d6336b0', 'gone' |
            Get-DcsBackupLink @huawei @dcs -ErrorAction SilentlyContinue -ErrorVariable problem
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
        $link = Get-DcsLogLink @huawei @dcs -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33
        $link.FileName | Should -Be redis_192.168.63.250_2021-04-16.log
    }
}

Describe 'Get-RdsBackupFile' {
    It 'gives one file a database' {
        $files = Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01
        $files.DatabaseName | Should -Be orders, customers
    }
}

Describe 'Get-CdsBackupDownload' {
    It 'gives both addresses' {
        $id = '77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2'
        $download = Get-CdsBackupDownload @capitalOnline @cds -BackupId $id -Network Intranet
        $download.Uri | Should -Be $download.IntranetUri
        $download.PublicUri | Should -Not -BeNullOrEmpty
    }
}

Describe 'The commands that list' {
    It 'lead from nothing to links' {
        Get-DcsInstance @huawei -Name prod-s* | Get-DcsBackup @huawei -Latest | Get-DcsBackupLink @huawei |
            Should -HaveCount 3
        Get-RdsInstance @huawei prod-o* | Get-RdsBackup @huawei -Since (Get-Date).AddDays(-1) -Type Auto |
            Get-RdsBackupFile @huawei | Should -HaveCount 2
        Get-DcsLog @huawei @dcs | Get-DcsLogLink @huawei | Should -HaveCount 1
        Get-CdsInstance @capitalOnline prod-c* | Get-CdsBackup @capitalOnline -Latest |
            Get-CdsBackupDownload @capitalOnline -Network Intranet | Should -HaveCount 1
    }

    It 'list a fleet, each backup once' {
        $backups = Get-DcsInstance @huawei | Get-DcsBackup @huawei -ThrottleLimit 16
        $backups.Count | Should -BeGreaterOrEqual 5000
        ($backups | Sort-Object BackupId -Unique).Count | Should -Be $backups.Count
    }

    It 'ask for one page when five are enough' {
        $lines = Get-RdsInstance @huawei -Verbose 4>&1 | Select-Object -First 6
        $asked = @($lines | Where-Object {
            $_ -is [System.Management.Automation.VerboseRecord] -and "$_" -match '/instances'
        })
        $asked | Should -HaveCount 1
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
        $again = Import-Clixml TestDrive:/links.xml | Save-BackupFile -Destination TestDrive:/saved
        $again.Status | Should -Be AlreadyPresent, AlreadyPresent, AlreadyPresent
    }

    It 'takes the rows of a CSV file' {
        Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 |
            Select-Object Uri, FileName, Size | Export-Csv TestDrive:/links.csv
        Import-Csv TestDrive:/links.csv | Save-BackupFile -Destination TestDrive:/rows | Should -HaveCount 2
        Get-ChildItem TestDrive:/rows | Should -HaveCount 2
    }

    It 'has a catalog whose files Copy-Item takes, those with brackets by -LiteralPath' {
        $folder = Join-Path $TestDrive catalogued
        $links = Get-DcsBackupLink @huawei @dcs -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439
        $null = Save-BackupFile -Uri $links[0].Uri -FileName plain.rdb -Destination $folder
        $null = Save-BackupFile -Uri $links[1].Uri -FileName 'a[1].rdb' -Destination $folder
        $plain, $all = 'one', 'all' |
            ForEach-Object { (New-Item -ItemType Directory (Join-Path $TestDrive $_)).FullName }
        Get-BackupFile $folder -Name plain* | Copy-Item -Destination $plain -ErrorAction Stop
        Get-BackupFile $folder | Copy-Item -LiteralPath { $_.Path } -Destination $all -ErrorAction Stop
        (Get-ChildItem $plain).Name | Should -Be plain.rdb
        (Get-ChildItem $all).Name | Sort-Object | Should -Be 'a[1].rdb', plain.rdb
    }

    It 'tests what it saves with -Test' {
        $saved = Get-DcsBackupLink @huawei @dcs -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439 |
            Save-BackupFile -Destination TestDrive:/tested -Test
        $saved.Report.State | Should -Be Intact, Intact, Intact
        $saved.Report.Engine | Select-Object -Unique | Should -Be 'Redis 7.0.15'
        (Get-Item TestDrive:/tested/*.rdb | Test-BackupFile).State | Should -Be Intact, Intact, Intact
    }

    It 'saves nothing with -WhatIf' {
        Get-RdsBackupFile @huawei -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 |
            Save-BackupFile -Destination TestDrive:/nothing -WhatIf
        'TestDrive:/nothing' | Should -Not -Exist
    }
}

# In a process of its own, whose home is empty: the vaults of whoever runs this stay as they are. On Windows a process
# cannot be given another home.
Describe 'A vault of SecretStore' -Skip:(
    $IsWindows -or -not (Get-Module -ListAvailable Microsoft.PowerShell.SecretStore)) {
    BeforeAll {
        $userHome = $env:HOME
        $modules = $env:PSModulePath
        $env:PSModulePath = $secretStore, $env:PSModulePath -join [System.IO.Path]::PathSeparator
        $env:HOME = (New-Item -ItemType Directory TestDrive:/home).FullName
        try {
            $asked = & $shell -NoProfile -NonInteractive -Command {
                param($manifest, $endpoint)
                $ErrorActionPreference = 'Stop'
                # Of the empty home: there is nothing in it to lose.
                Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force *> $null
                Register-SecretVault Backups -ModuleName Microsoft.PowerShell.SecretStore -DefaultVault
                Import-Module $manifest

                function ConvertTo-Secure([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }
                $place = @{ Region = 'cn-north-4'; Endpoint = $endpoint }
                $key = @{
                    AccessKey = 'SANDBOXAKOPERATOR000'; SecretKey = 'SandboxSecretKeyOfTheOperator00000000000'
                } + $place
                $user = @{
                    UserName = 'backup-operator'; Password = 'Sandbox&Password=1'; DomainName = 'sandbox-account'
                } + $place
                $account = @{
                    name = $user.UserName; password = $user.Password; domain = @{ name = $user.DomainName }
                }
                $login = @{ auth = @{
                    identity = @{ methods = @('password'); password = @{ user = $account } }
                    scope = @{ project = @{ name = 'cn-north-4' } }
                } } | ConvertTo-Json -Depth 9
                $tokens = "$endpoint/v3/auth/tokens"
                $answer = Invoke-WebRequest $tokens -Method Post -Body $login -ContentType application/json
                $secure = @{ AccessKey = $key.AccessKey; SecretKey = ConvertTo-Secure $key.SecretKey }
                $secrets = [ordered]@{
                    PSCredential       = [pscredential]::new($key.AccessKey, (ConvertTo-Secure $key.SecretKey))
                    Hashtable          = $key
                    HashtableOfSecure  = $secure + $place
                    Json               = $key | ConvertTo-Json
                    SecureJson         = ConvertTo-Secure ($key | ConvertTo-Json)
                    TemporaryKey       = @{
                        AccessKey = 'SANDBOXAKTEMPORARY00'; SecretKey = 'SandboxSecretKeyOfTheSession0000000000000'
                        SecurityToken = 'gQpjbi1ub3J0aC00/SANDBOX+TOKEN=='
                    } + $place
                    IamUser            = $user
                    Token              = @{ Token = "$($answer.Headers['X-Subject-Token'])" } + $place
                }
                $dcs = @{ InstanceId = '5c597ce5-9823-48aa-bf4d-2defb9385b4a' }
                $backup = $dcs + @{ BackupId = '3ea6ce21-048e-447a-83c3-3fb004b88439' }
                function ConvertTo-Count([string] $Name, $Links) {
                    [pscustomobject]@{ Secret = $Name; Count = @($Links).Count }
                }
                foreach ($name in $secrets.Keys) {
                    Set-Secret $name $secrets[$name]
                    $where = if ($name -eq 'PSCredential') { $place } else { @{} }
                    ConvertTo-Count $name @(Get-DcsBackupLink @backup -SecretName $name -Vault Backups @where)
                }

                # Those that are found without being asked for.
                Set-Secret HuaweiCloud $key
                $secure = ConvertTo-Secure CDSSandboxSecretKey00000000000000
                Set-Secret CapitalOnline ([pscredential]::new('CDSSANDBOXAK0000000000', $secure))
                $download = @{
                    InstanceId = '5ac7c945-ae47-4bbf-82e6-2823d64b57c5'
                    BackupId   = '77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2'
                }
                ConvertTo-Count Get-DcsBackupLink @(Get-DcsBackupLink @backup)
                ConvertTo-Count Get-DcsLogLink @(Get-DcsLogLink @dcs -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33)
                ConvertTo-Count Get-RdsBackupFile @(Get-RdsBackupFile c0c9f155c7b7423a9d30f0175998b63bbr01)
                ConvertTo-Count Get-CdsBackupDownload @(Get-CdsBackupDownload @download -Endpoint $endpoint)

                # Those that are no credential.
                Set-Secret Bytes ([byte[]](1, 2, 3))
                Set-Secret Typo (@{ AccesKey = 'x' } + $place)
                foreach ($wrong in @{ SecretName = 'Bytes' }, @{ SecretName = 'Typo' }, @{ SecretName = 'Missing' },
                    @{ SecretName = 'Json'; Vault = 'Nowhere' }) {
                    try { $null = Get-RdsBackupFile c0c9f155c7b7423a9d30f0175998b63bbr01 @wrong }
                    catch {
                        [pscustomobject]@{
                            Secret = $wrong.Vault ?? $wrong.SecretName; ErrorId = $_.FullyQualifiedErrorId.Split(',')[0]
                        }
                    }
                }

                # A link that has expired is renewed with the secret that it came by, in another process, too.
                Get-DcsBackupLink @backup -SecretName Json -Expiration 300 | ForEach-Object SecretName |
                    Select-Object -First 1 |
                    ForEach-Object { [pscustomobject]@{ Secret = 'Name on the link'; Count = [int]($_ -eq 'Json') } }
            } -args $manifest, $endpoint
        }
        finally {
            $env:HOME = $userHome
            $env:PSModulePath = $modules
        }
    }

    It 'gives the key as <_>' -ForEach @(
        'PSCredential', 'Hashtable', 'HashtableOfSecure', 'Json', 'SecureJson', 'TemporaryKey', 'IamUser', 'Token'
    ) {
        ($asked | Where-Object Secret -EQ $_).Count | Should -Be 3
    }

    It 'gives <name> its key by the name that needs no asking' -ForEach @(
        @{ Name = 'Get-DcsBackupLink'; Count = 3 }, @{ Name = 'Get-DcsLogLink'; Count = 1 }
        @{ Name = 'Get-RdsBackupFile'; Count = 2 }, @{ Name = 'Get-CdsBackupDownload'; Count = 1 }
    ) {
        ($asked | Where-Object Secret -EQ $name).Count | Should -Be $count
    }

    It 'has <id> for the secret <name>' -ForEach @(
        @{ Name = 'Bytes'; Id = 'InvalidSecret' }, @{ Name = 'Typo'; Id = 'InvalidSecret' }
        @{ Name = 'Missing'; Id = 'SecretNotFound' }, @{ Name = 'Nowhere'; Id = 'VaultUnavailable' }
    ) {
        ($asked | Where-Object Secret -EQ $name).ErrorId | Should -Be $id
    }

    It 'is named on the link' {
        ($asked | Where-Object Secret -EQ 'Name on the link').Count | Should -Be 1
    }
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

Describe 'Scripts' -Skip:(-not (Get-Module -ListAvailable PSScriptAnalyzer)) {
    It 'have nothing that PSScriptAnalyzer finds' {
        $scripts = git -C $root ls-files '*.ps1' '*.psm1' '*.psd1'
        $scripts.Count | Should -BeGreaterThan 5
        $settings = Join-Path $root PSScriptAnalyzerSettings.psd1
        $findings = foreach ($script in $scripts) {
            Invoke-ScriptAnalyzer -Path (Join-Path $root $script) -Settings $settings
        }
        $findings | ForEach-Object { "$($_.RuleName) $($_.ScriptName):$($_.Line) $($_.Message)" } |
            Should -BeNullOrEmpty
    }
}
