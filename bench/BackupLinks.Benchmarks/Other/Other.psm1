function Get-Other { }
