using System.Management.Automation;

namespace BackupLinks.Tests.Engine;

/// <summary>Rows as out of a file.</summary>
internal static class RowExtensions
{
    /// <summary>Adds a column.</summary>
    public static PSObject With(this PSObject row, string name, string value)
    {
        row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }
}
