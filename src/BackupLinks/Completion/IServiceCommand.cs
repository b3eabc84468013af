using System.Collections.Generic;

namespace BackupLinks.Completion;

/// <summary>A command for one service, which knows the words that its parameters take.</summary>
internal interface IServiceCommand
{
    /// <summary>The regions that have the service.</summary>
    IEnumerable<string> Regions { get; }

    /// <summary>The words that the vendor's page lists; null for a parameter that takes no such words.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    IReadOnlyList<string>? FindWords(string parameter);

    /// <summary>Narrows the regions and words to those of services, where the command is for several.</summary>
    /// <param name="services">The names of the services, as they are typed.</param>
    void Choose(IReadOnlyList<string> services);
}
