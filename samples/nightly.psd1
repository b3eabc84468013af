# The configuration of nightly.ps1, which describes every key. Relative paths begin at the folder of this file.
@{
    Destination = '/var/backups/cloud'

    # All services that have a credential, in the regions of the credential.
    # Service = 'HuaweiCloud.Rds', 'Redis'
    # Region = 'cn-north-4', 'ap-southeast-3'

    MaximumAge = '26h'

    # What stays, besides what Remove-BackupFile never removes. Without this key, nothing is removed.
    Keep = @{ Daily = 7; Weekly = 5; Monthly = 12 }
    # TimeZone = 'Asia/Shanghai'

    # LogPath = '/var/lib/backuplinks/nightly.jsonl'
    # ReportPath = '/var/www/html/backups.html'
    # MetricsPath = '/var/lib/node_exporter/textfile/backuplinks.prom'
    # NotifyUri = 'https://hooks.example/...'
}
