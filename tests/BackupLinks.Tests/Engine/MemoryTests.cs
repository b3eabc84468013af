using System;
using System.Linq;
using BackupLinks.Sandbox;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>Memory is counted for the whole process: these tests run alone.</summary>
[Collection(nameof(AloneCollection))]
public sealed class MemoryTests : SandboxTest
{
    [Fact]
    public void Thirty_megabytes_of_JSON_cost_no_more_than_the_limit()
    {
        string huge = """{"files":[""" + string.Join(',', Enumerable.Repeat("""{"name":"a","size":1}""", 1_400_000))
            + "]}";
        Assert.True(huge.Length > 30_000_000);
        Run($"Get-RdsBackupFile @h {RdsBackupId}");
        Server.Faults.Add(new SandboxFault { Path = "backup-files", Count = 1, Status = 200, Body = huge });
        long before = GC.GetTotalAllocatedBytes();

        var error = Run("Get-RdsBackupFile @h x").SingleError("InvalidResponse");

        Assert.Contains("more than 4 MiB", error.ToString());
        // The sandbox's own copy of the body is 30 MB, and is sent in pieces; the module may add a few times its limit.
        Assert.True(GC.GetTotalAllocatedBytes() - before < 100_000_000);
    }
}
