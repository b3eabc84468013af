using System.Text.Json.Nodes;

namespace BackupLinks.TencentCloud;

/// <summary>An action that lists something.</summary>
/// <param name="Action">The name of the action.</param>
/// <param name="Parameters">Its parameters, but for the page.</param>
internal sealed record TencentCall(string Action, JsonObject Parameters)
{
    /// <summary>The most entries on a page.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>True for an action whose offset is the number of a page, from 0.</summary>
    public bool CountsPages { get; init; }
}
