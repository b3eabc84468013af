@{
    RootModule           = if ($PSEdition -eq 'Core') { 'bin/net8.0/BackupLinks.dll' } else { 'bin/netstandard2.0/BackupLinks.dll' }
    ModuleVersion        = '0.1.0'
    GUID                 = 'f15c3f5d-8f4f-4245-bc75-76aeb49731cc'
    Author               = 'The BackupLinks authors'
    CompanyName          = 'BackupLinks'
    Copyright            = '(c) 2026 The BackupLinks authors. MIT License.'
    Description          = 'Gets cloud database backups and logs onto disk: turns backups of Huawei Cloud, Capital Online, Alibaba Cloud and Tencent Cloud databases into short-lived download links, with credentials from SecretManagement vaults, and saves the links as verified files.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'

    TypesToProcess       = @('bin/BackupLinks.Types.ps1xml')
    FormatsToProcess     = @('bin/BackupLinks.Format.ps1xml')

    CmdletsToExport      = @(
        'Export-BackupLink'
        'Export-BackupReport'
        'Get-BackupFile'
        'Get-BackupLink'
        'Get-BackupService'
        'Get-BackupStatus'
        'Get-CdsBackup'
        'Get-CdsBackupDownload'
        'Get-CdsInstance'
        'Get-CloudBackup'
        'Get-CloudInstance'
        'Get-CloudLog'
        'Get-DcsBackup'
        'Get-DcsBackupLink'
        'Get-DcsInstance'
        'Get-DcsLog'
        'Get-DcsLogLink'
        'Get-DdsBackupFile'
        'Get-RdsBackup'
        'Get-RdsBackupFile'
        'Get-RdsInstance'
        'Import-BackupLink'
        'Remove-BackupFile'
        'Save-BackupFile'
        'Test-BackupFile'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @('Get-CdsBackupLink', 'Get-DdsBackupLink', 'Get-RdsBackupLink')
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @(
                'Backup', 'Download', 'Redis', 'HuaweiCloud', 'DCS', 'RDS', 'DDS', 'MongoDB', 'CapitalOnline', 'CDS',
                'AlibabaCloud', 'TencentCloud', 'PresignedUrl', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux',
                'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The first release: lists of backups and logs, links to them, and verified files, for databases of Huawei Cloud, Capital Online, Alibaba Cloud and Tencent Cloud.'
            ExternalModuleDependencies = @('Microsoft.PowerShell.SecretManagement')
        }
    }
}
