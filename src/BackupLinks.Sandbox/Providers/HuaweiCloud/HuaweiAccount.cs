using System;
using System.Collections.Concurrent;
using System.Collections.Generic;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>The account of Huawei Cloud: its projects, and the tokens that IAM issued.</summary>
internal sealed class HuaweiAccount
{
    /// <summary>Project ids by project name; a name may have several.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Projects { get; } = new()
    {
        [HuaweiSamples.Region] = [HuaweiSamples.ProjectId],
        [HuaweiSamples.Region + "_analytics"] = ["fedcba9876543210fedcba9876543210"],
        ["cn-south-1"] = ["11111111111111111111111111111111", "22222222222222222222222222222222"],
    };

    /// <summary>The projects that keys and tokens may read; all have the same in them.</summary>
    public ConcurrentDictionary<string, bool> ReadableProjects { get; } = new() { [HuaweiSamples.ProjectId] = true };

    /// <summary>The tokens, by value.</summary>
    public ConcurrentDictionary<string, SandboxToken> Tokens { get; } = new();

    /// <summary>Ends every token, so that it must be renewed.</summary>
    public void ExpireTokens()
    {
        foreach (var (value, token) in Tokens)
            Tokens[value] = token with { ExpiresAt = DateTimeOffset.MinValue };
    }
}
