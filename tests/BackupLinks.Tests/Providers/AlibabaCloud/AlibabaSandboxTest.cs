using System;
using System.Collections;
using System.IO;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Tests.Engine;

namespace BackupLinks.Tests.Providers.AlibabaCloud;

/// <summary>The sandbox with a key of Alibaba Cloud in a vault, and a folder that goes away with the test.</summary>
public abstract class AlibabaSandboxTest : SandboxTest, IDisposable
{
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("BackupLinks-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected void AddSecret() => Module.AddVault("V", new Hashtable
    {
        ["AlibabaCloud"] = new Hashtable
        {
            ["AccessKeyId"] = AlibabaSamples.TemporaryKey.AccessKey,
            ["AccessKeySecret"] = AlibabaSamples.TemporaryKey.SecretKey,
            ["SecurityToken"] = AlibabaSamples.TemporaryKey.SecurityToken,
            ["Region"] = "cn-hangzhou",
            ["Endpoint"] = Endpoint + "/{service}",
        },
    });
}
