# The module, from this checkout.
Import-Module ./BackupLinks.psd1

# A Redis backup on Huawei Cloud DCS: one link for each shard. The credential, the region and the endpoint are in
# the secret 'HuaweiCloud' of the default vault.
$instance = '5c597ce5-9823-48aa-bf4d-2defb9385b4a'
Get-DcsBackupLink -InstanceId $instance -BackupId 3ea6ce21-048e-447a-83c3-3fb004b88439 -OutVariable shards

# Backup ids through the pipeline, with the older API, and links that are valid for five minutes.
'3dc6ba15-ba97-4624-bcbd-3cc08d6336b0' |
    Get-DcsBackupLink -InstanceId $instance -ApiVersion v1.0 -Expiration 300 -OutVariable single

# A run log of the same instance.
Get-DcsLogLink -InstanceId $instance -LogId 8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33 -OutVariable log

# An SQL Server backup on Huawei Cloud RDS: one file for each database.
Get-RdsBackupFile -BackupId c0c9f155c7b7423a9d30f0175998b63bbr01 -OutVariable databases

# A Redis backup on Capital Online; its key is the secret 'CapitalOnline'.
$instance = '5ac7c945-ae47-4bbf-82e6-2823d64b57c5'
Get-CdsBackupDownload -InstanceId $instance -BackupId 77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2 -OutVariable redis

# The newest backup of an instance on Alibaba Cloud RDS, through the commands that every service has; its key is the
# secret 'AlibabaCloud'.
Get-CloudInstance AlibabaCloud.Rds -Name prod-orders | Get-CloudBackup -Latest | Get-BackupLink -OutVariable orders

# The same on Tencent Cloud MySQL, whose list states an MD5, with the key of the secret 'TencentCloud'.
Get-CloudInstance TencentCloud.MySql -Name prod-billing | Get-CloudBackup -Latest | Get-BackupLink -OutVariable billing

# A missing backup is one error; others would continue.
Get-RdsBackupFile -BackupId no-such-backup

# Links are objects. Printed, they show no signature.
$links = @($shards) + @($single) + @($log) + @($databases) + @($redis) + @($orders) + @($billing)
"$($links[0])"

# Each file is downloaded and verified, and gets its name when it is whole.
$links | Save-BackupFile -Destination out/quickstart

# A second run recognises the files, and downloads nothing.
$links | Save-BackupFile -Destination out/quickstart
