# A small module of the same make as BackupLinks: what the engine has to learn for any module, it learns from this one.
@{
    RootModule           = if ($PSEdition -eq 'Core') { 'Other.psm1' } else { 'Other.psm1' }
    ModuleVersion        = '1.0'
    CompatiblePSEditions = @('Core', 'Desktop')
    FunctionsToExport    = @('Get-Other')
    FormatsToProcess     = @('Other.Format.ps1xml')
}
