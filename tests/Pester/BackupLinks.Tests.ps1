# The cmdlets in this PowerShell, against a served sandbox. Needs Pester 5 or later and a built module. What is imported
# is the folder that ships.

[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'BeforeAll sets what It uses')]
[System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(
    'PSAvoidUsingConvertToSecureStringWithPlainText', '', Justification = "The sandbox's keys are public")]
param()

BeforeAll {
    . (Join-Path $PSScriptRoot Sandbox.ps1)
}

AfterAll {
    Exit-Sandbox $sandbox $environment
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
