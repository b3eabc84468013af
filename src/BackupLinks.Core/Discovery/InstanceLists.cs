using System.Collections.Generic;

namespace BackupLinks.Discovery;

/// <summary>The lists of instances that one command requested.</summary>
internal sealed class InstanceLists
{
    private readonly List<InstanceList> _all = [];

    /// <summary>True when the caller named no service, so that each with a credential is among them.</summary>
    public bool IsOfAll { get; set; }

    /// <summary>The lists.</summary>
    public IReadOnlyList<InstanceList> All => _all;

    /// <summary>Adds a list.</summary>
    public InstanceList Add(InstanceList list)
    {
        _all.Add(list);
        list.Owner = this;
        return list;
    }
}
