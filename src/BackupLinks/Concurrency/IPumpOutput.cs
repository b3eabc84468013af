using System.Management.Automation;
using System.Threading.Tasks;

namespace BackupLinks.Concurrency;

/// <summary>Takes what a pump has for the pipeline; is called on the pipeline thread only.</summary>
internal interface IPumpOutput<TItem, TResult>
{
    /// <summary>Takes a finished item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="task">Its work, which is over: done, failed or cancelled.</param>
    void Write(TItem item, Task<TResult> task);

    /// <summary>Takes a progress record.</summary>
    void Write(ProgressRecord record);
}
