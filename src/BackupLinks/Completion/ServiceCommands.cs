using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace BackupLinks.Completion;

/// <summary>The commands of this module, by the names that are typed.</summary>
internal static class ServiceCommands
{
    /// <summary>The command of a name; null when it is not one for a service.</summary>
    /// <param name="typed">The name as it is typed, also with the module's name in front.</param>
    /// <param name="parameters">The parameters that have been typed; <c>Service</c> is looked at.</param>
    public static IServiceCommand? Find(string typed, IDictionary parameters)
    {
        string name = typed.Substring(typed.LastIndexOf('\\') + 1);
        var type = typeof(ServiceCommands).Assembly.GetTypes().FirstOrDefault(type =>
            type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
            && name.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", StringComparison.OrdinalIgnoreCase));
        var command = type is null ? null : Activator.CreateInstance(type) as IServiceCommand;
        if (LanguagePrimitives.TryConvertTo(parameters["Service"], out string[]? services))
            command?.Choose(services ?? []);
        return command;
    }
}
