using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using BackupLinks.HuaweiCloud.Regions;

namespace BackupLinks.Completion;

/// <summary>Completes the regions of Huawei Cloud that have the command's service.</summary>
public sealed class RegionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // It may be typed with the module's name in front.
        string name = commandName.Substring(commandName.LastIndexOf('\\') + 1);
        var type = typeof(RegionCompleter).Assembly.GetTypes().FirstOrDefault(type =>
            type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet && name.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.OrdinalIgnoreCase));
        var command = type is null ? null : Activator.CreateInstance(type) as IRegionalCommand;
        return WordCompletion.Complete(command?.Regions ?? HuaweiRegions.All, wordToComplete);
    }
}
