using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Sandbox.TencentCloud;

namespace BackupLinks.Sandbox;

/// <summary>Stays up, for people who develop runbooks offline.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 8787;

    public static async Task<int> RunAsync(string[] options)
    {
        int port;
        switch (options)
        {
            case []:
                port = DefaultPort;
                break;
            case ["--port", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port <= 65535:
                break;
            default:
                return ShowUsage();
        }

        SandboxServer server;
        try
        {
            server = await SandboxServer.StartAsync(port);
        }
        catch (System.IO.IOException e)
        {
            Console.Error.WriteLine(
                $"Port {port} cannot be used ({e.Message.TrimEnd('.')}); pass another one, or --port 0 for any that "
                    + "is free.");
            return 1;
        }

        await using (server)
        {
            server.Cloud.AddFleet();
            Console.WriteLine(Describe(server));
            using var stop = new CancellationTokenSource();
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                stop.Cancel();
            };
            using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(
                System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
                {
                    context.Cancel = true;
                    stop.Cancel();
                });
            await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        return 0;
    }

    public static int ShowUsage()
    {
        Console.Error.WriteLine("Usage: BackupLinks.Sandbox                   the quickstart");
        Console.Error.WriteLine(
            "       BackupLinks.Sandbox serve [--port N]  the clouds, until Ctrl+C; port 0 is any that is free");
        Console.Error.WriteLine(
            "       BackupLinks.Sandbox run SCRIPT [ARG...] a script, on machines that have no pwsh");
        return 2;
    }

    internal static string Describe(SandboxServer server)
    {
        const string Dcs = HuaweiSamples.DcsInstanceId;
        const string Cds = CapitalOnlineSamples.CdsInstanceId;
        string endpoint = server.Address.GetLeftPart(UriPartial.Authority);
        string defaults = "Get-Command -Module BackupLinks -ParameterName Endpoint | "
            + "Where-Object Noun -Match '^[DRC]ds|^Dcs' | "
            + $$"""ForEach-Object { $PSDefaultParameterValues["$($_.Name):Endpoint"] = '{{endpoint}}' }""";
        return $$"""
            The clouds are at {{endpoint}} until Ctrl+C. In another PowerShell:

              Import-Module ./BackupLinks.psd1
              $env:HUAWEICLOUD_SDK_AK = '{{HuaweiSamples.OperatorKey.AccessKey}}'
              $env:HUAWEICLOUD_SDK_SK = '{{HuaweiSamples.OperatorKey.SecretKey}}'
              $env:HUAWEICLOUD_SDK_REGION = '{{HuaweiSamples.Region}}'
              $env:CDS_ACCESS_KEY_ID = '{{CapitalOnlineSamples.Key.AccessKey}}'
              $env:CDS_ACCESS_KEY_SECRET = '{{CapitalOnlineSamples.Key.SecretKey}}'
              {{defaults}}

              Get-DcsInstance prod-00* | Get-DcsBackup -Latest | Get-DcsBackupLink
              Get-RdsInstance prod-00* | Get-RdsBackup -Since (Get-Date).AddDays(-2) -Type Auto | Get-RdsBackupFile
              Get-CdsInstance prod-00* | Get-CdsBackup -Latest | Get-CdsBackupDownload -Network Intranet
              Get-DcsLog -InstanceId {{Dcs}} | Get-DcsLogLink
              Get-DcsBackupLink -InstanceId {{Dcs}} -BackupId {{HuaweiSamples.DcsClusterBackupId}}
              Get-DcsLogLink -InstanceId {{Dcs}} -LogId {{HuaweiSamples.DcsLogId}}
              Get-RdsBackupFile -BackupId {{HuaweiSamples.RdsBackupId}}
              Get-CdsBackupDownload -InstanceId {{Cds}} -BackupId {{CapitalOnlineSamples.CdsBackupId}}
              Get-RdsBackupFile -BackupId {{HuaweiSamples.RdsBackupId}} | Save-BackupFile -Destination out/saved
              # The ids in the examples of every cmdlet's help are those of these clouds.
              Get-Help Get-RdsBackupFile -Examples

            The same as secrets, which other processes and new links find, too. Get-CloudInstance, Get-BackupLink and
            the other commands for any service need them: with the variables alone, those go to the real clouds.

              Set-Secret HuaweiCloud @{
                  AccessKey = '{{HuaweiSamples.OperatorKey.AccessKey}}'
                  SecretKey = '{{HuaweiSamples.OperatorKey.SecretKey}}'
                  Region = '{{HuaweiSamples.Region}}'
                  Endpoint = '{{endpoint}}/{service}'
              }
              Set-Secret CapitalOnline @{
                  AccessKey = '{{CapitalOnlineSamples.Key.AccessKey}}'
                  SecretKey = '{{CapitalOnlineSamples.Key.SecretKey}}'
                  Endpoint = '{{endpoint}}'
              }
              Set-Secret AlibabaCloud @{
                  AccessKey = '{{AlibabaSamples.Key.AccessKey}}'
                  SecretKey = '{{AlibabaSamples.Key.SecretKey}}'
                  Region = '{{AlibabaSamples.Region}}'
                  Endpoint = '{{endpoint}}/{service}'
              }
              Set-Secret TencentCloud @{
                  AccessKey = '{{TencentSamples.Key.AccessKey}}'
                  SecretKey = '{{TencentSamples.Key.SecretKey}}'
                  Region = '{{TencentSamples.Region}}'
                  Endpoint = '{{endpoint}}/{service}'
              }

            With them, every service of all clouds:

              Get-CloudInstance -Name prod-00* | Get-CloudBackup -Latest | Get-BackupLink

            An IAM user in place of the key, as a secret:

              Set-Secret HuaweiCloud @{
                  UserName = '{{HuaweiSamples.UserName}}'
                  Password = '{{HuaweiSamples.Password}}'
                  DomainName = '{{HuaweiSamples.DomainName}}'
              }

            Trouble, to see what a runbook makes of it (times in seconds):

              $fault = @{ path = '/links'; count = 3; status = 429; headers = @{ 'Retry-After' = '2' } }
              Invoke-RestMethod {{endpoint}}/_sandbox/faults -Method Post -ContentType application/json -Body (
                  $fault | ConvertTo-Json)
              # others: after, delay, bodyDelay, body, contentType, missingBytes, reset = $true; for objects of the
              # store, object = @{ cutAfter = 100000 }, or stallAfter, bytesPerSecond, ignoreRange, eTag, gzip,
              # corruptAt, ...
              Invoke-RestMethod {{endpoint}}/_sandbox/faults -Method Delete
              $paging = @{ offsetBase = 1; totalError = -3; mostOnAPage = 20 }
              # others: offsetCountsPages, totalIsOfThePage, noTotal, repeatsTheFirstPage, bodyWhenEmpty,
              # emptyObjectForNull = $true
              Invoke-RestMethod {{endpoint}}/_sandbox/paging -Method Put -ContentType application/json -Body (
                  $paging | ConvertTo-Json)
              Invoke-RestMethod '{{endpoint}}/_sandbox/clock?offset=1200' -Method Put
              Invoke-RestMethod {{endpoint}}/_sandbox/expire-tokens -Method Post
            """;
    }
}
