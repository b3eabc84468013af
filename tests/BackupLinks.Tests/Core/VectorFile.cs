using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace BackupLinks.Tests.Core;

/// <summary>Published test vectors: an array of objects, each with a name.</summary>
internal static class VectorFile
{
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        string json = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "vectors", file));
        return [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];
    }
}
