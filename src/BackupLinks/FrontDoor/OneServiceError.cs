using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.FrontDoor;

/// <summary>The error for an address of one service where several are wanted.</summary>
internal static class OneServiceError
{
    /// <summary>Makes the error.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="services">The services that are wanted.</param>
    public static BackupLinksException Of(string endpoint, IEnumerable<BackupService> services) => new(
        ErrorKind.InvalidEndpoint,
        ScreenText.Sentence($"The endpoint '{endpoint}' is that of one service, and several are wanted")
        + $" ({string.Join(", ", services.Select(service => service.Key))}); write {{service}} in the place of its "
        + "name, as in "
        + "https://{service}.{region}.example.com, or name one of them with -Service.");
}
