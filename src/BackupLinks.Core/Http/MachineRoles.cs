using System.Collections.Concurrent;

namespace BackupLinks.Http;

/// <summary>The roles of this machine that the secrets of the session name.</summary>
internal sealed class MachineRoles
{
    private readonly ConcurrentDictionary<(MachineRoleService Service, string Role), MachineRoleSource> _sources =
        new();

    /// <summary>The keys of a role.</summary>
    public MachineRoleSource Get(MachineRoleService service, string role, ApiTransport transport) => _sources.GetOrAdd(
        (service, role),
        key => new MachineRoleSource(
            key.Role, new MachineRoleClient(key.Service, key.Role, transport), transport.Clock));
}
