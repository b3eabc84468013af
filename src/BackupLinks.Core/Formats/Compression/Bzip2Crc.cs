namespace BackupLinks.Formats.Compression;

/// <summary>The CRC-32 of bzip2, whose highest bit comes first, unlike that of all other formats.</summary>
internal static class Bzip2Crc
{
    /// <summary>The register after each byte, from a register of 0.</summary>
    public static uint[] Table { get; } = MakeTable();

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i << 24;
            for (int bit = 0; bit < 8; bit++)
                value = (value << 1) ^ ((value & 0x80000000) == 0 ? 0 : 0x04C11DB7u);
            table[i] = value;
        }

        return table;
    }
}
