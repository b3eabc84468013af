using System.Management.Automation;
using BackupLinks.Catalog;
using BackupLinks.Catalog.Status;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Module;

/// <summary>Rows of a report that were read back from a file.</summary>
public sealed class StatusReaderTests
{
    [Fact]
    public void A_row_of_every_state_is_read_back()
    {
        foreach (string state in InstanceState.WorstFirst)
            Assert.Equal(("i1", state), (StatusReader.ReadRow(Row("i1", state)).InstanceId,
                StatusReader.ReadRow(Row("i1", state)).State));
    }

    [Theory]
    [InlineData("i1", "Fine")]
    [InlineData("i1", null)]
    [InlineData(null, "Ok")]
    public void An_object_without_an_id_or_a_state_is_not_a_row(string? id, string? state) =>
        Assert.Equal(
            ErrorKind.InvalidRequest,
            Assert.Throws<BackupLinksException>(() => StatusReader.ReadRow(Row(id, state))).Kind);

    private static PSObject Row(string? id, string? state)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("InstanceId", id));
        row.Properties.Add(new PSNoteProperty("State", state));
        return row;
    }
}
