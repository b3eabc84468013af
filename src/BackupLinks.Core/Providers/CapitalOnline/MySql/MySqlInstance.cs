using BackupLinks.Discovery;

namespace BackupLinks.CapitalOnline.MySql;

/// <summary>A MySQL instance of Capital Online. Source: Capital Online OpenAPI, "DescribeDBInstances".</summary>
public sealed class MySqlInstance : CapitalOnlineInstance
{
    internal MySqlInstance(CapitalOnlineInstanceData data)
        : base("MySQL", data)
    {
        CpuCount = WireValue.Bytes(data.Cpu);
        Memory = WireValue.Megabytes(data.Ram);
        VolumeSize = WireValue.Gigabytes(data.Disks);
    }

    /// <summary>The number of processors.</summary>
    public long? CpuCount { get; }

    /// <summary>The memory in bytes.</summary>
    public long? Memory { get; }

    /// <summary>The size of the disk in bytes.</summary>
    public long? VolumeSize { get; }
}
