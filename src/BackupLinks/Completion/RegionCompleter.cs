using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using BackupLinks.HuaweiCloud.Regions;

namespace BackupLinks.Completion;

/// <summary>Completes the regions of Huawei Cloud.</summary>
public sealed class RegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        WordCompletion.Complete(HuaweiRegions.All, wordToComplete);
}
