using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using BackupLinks.Sandbox;
using BackupLinks.Tests.Engine;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Peers;

/// <summary>A real Redis backup, from the server that wrote it to the tool that reads it.</summary>
public sealed class RedisTests : SaveTest
{
    [Fact]
    public void A_backup_that_Redis_wrote_is_accepted_by_Redis_after_the_trip()
    {
        string check = Peer.Require("redis-check-rdb");
        byte[] backup = WriteBackup();
        Server.Cloud.AddDcsBackup(
            DcsInstanceId, "real", "real/", [new SandboxObject("bucket", "real/dump.rdb", backup)]);

        var result = Run(
            $"Get-DcsBackupLink @h {DcsInstanceId} real | Save-BackupFile -Destination '{Folder}' | "
                + "ForEach-Object Path");

        string path = Assert.IsType<string>(Assert.Single(result.Output).BaseObject);
        Assert.Equal(backup, File.ReadAllBytes(path));
        var (exitCode, output) = Peer.Run(check, path);
        Assert.True(exitCode == 0, output);
        Assert.Contains("RDB looks OK", output);
        Assert.Contains("20000 keys read", output);
    }

    private byte[] WriteBackup()
    {
        string program = Peer.Require("redis-server");
        int port = Peer.FreePort();
        Directory.CreateDirectory(Folder);
        string port10 = port.ToString(CultureInfo.InvariantCulture);
        using var redis = Peer.StartServer(
            program, port, "--port", port10, "--bind", "127.0.0.1", "--dir", Folder, "--dbfilename", "written.rdb",
            "--save", "", "--daemonize", "no");
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var commands = new StringBuilder();
            for (int i = 0; i < 20_000; i++)
                commands.Append(
                    CultureInfo.InvariantCulture,
                    $"SET key:{i} {new string((char)('a' + (i % 26)), 50 + (i % 100))}\r\n");
            stream.Write(Encoding.ASCII.GetBytes(commands.Append("SAVE\r\n").ToString()));
            for (int i = 0; i <= 20_000; i++)
                Assert.Equal("+OK", reader.ReadLine());
            return File.ReadAllBytes(Path.Combine(Folder, "written.rdb"));
        }
        finally
        {
            redis.Kill();
            redis.WaitForExit();
        }
    }
}
