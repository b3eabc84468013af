namespace BackupLinks.Tests.Core.Files;

public sealed class PartialDataTests : PartialFileTest
{
    [Fact]
    public void A_flush_during_a_write_is_not_one_of_its_bytes()
    {
        using var file = Open();
        file.Clear();
        Disk.Before = Once($"write {Data}", file.Flush);

        file.Write(Bytes, Bytes.Length, 0);

        Assert.False(file.IsFlushed);
    }
}
