using System.Collections.Generic;
using System.Management.Automation;

namespace BackupLinks.Concurrency;

/// <summary>Words the progress of a pump; called on the pipeline thread only.</summary>
internal interface IProgressLines
{
    /// <summary>The records that are due now; none, most of the time.</summary>
    /// <param name="done">How many items are finished.</param>
    /// <param name="total">How many there are; null while input still comes.</param>
    IEnumerable<ProgressRecord> Next(long done, long? total);

    /// <summary>The records that remove the bars; none when there is no bar.</summary>
    IEnumerable<ProgressRecord> Complete();
}
