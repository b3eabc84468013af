using System.Collections.Generic;

namespace BackupLinks.Completion;

/// <summary>A command that asks in a region.</summary>
internal interface IRegionalCommand
{
    /// <summary>The regions that have what it asks.</summary>
    IEnumerable<string> Regions { get; }
}
