using System.Collections.Generic;
using BackupLinks.Providers;

namespace BackupLinks.Manifests;

/// <summary>One line of a manifest.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Kind">The kind of link that it says it is; null when it says none that is known.</param>
/// <param name="Values">The values by name; null for a line that is not a JSON object.</param>
internal sealed record ManifestLine(int Number, LinkKind? Kind, IReadOnlyDictionary<string, object?>? Values);
