using System.Collections;
using System.Linq;
using BackupLinks.CapitalOnline.MySql;
using BackupLinks.Sandbox.CapitalOnline;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Tests.Engine;

/// <summary>Two clouds whose credentials are in a vault, each with the address of all its services.</summary>
public abstract class FrontDoorTest : SandboxTest
{
    /// <summary>The MySQL instance of Capital Online.</summary>
    private protected static string MySqlInstanceId => MySqlService.Instance.SampleIds.InstanceId!;

    /// <summary>The paths of the requests that were sent, with their queries.</summary>
    private protected string[] Targets => [.. Server.Requests.Select(request => request.Target)];

    /// <summary>The address of every service of Huawei Cloud in the sandbox, in every region.</summary>
    private protected string Services => Endpoint + "/{service}/{region}";

    private protected Hashtable HuaweiSecret => new()
    {
        ["AccessKey"] = HuaweiSamples.OperatorKey.AccessKey,
        ["SecretKey"] = HuaweiSamples.OperatorKey.SecretKey,
        ["Region"] = HuaweiSamples.Region,
        ["Endpoint"] = Services,
    };

    private protected Hashtable CapitalSecret => new()
    {
        ["AccessKey"] = CapitalOnlineSamples.Key.AccessKey,
        ["SecretKey"] = CapitalOnlineSamples.Key.SecretKey,
        ["Endpoint"] = Endpoint,
    };

    /// <summary>
    /// Adds the credentials of both clouds; instances are those of three services where none is named.
    /// </summary>
    private protected void AddVault()
    {
        Module.AddVault("Clouds", new Hashtable { ["HuaweiCloud"] = HuaweiSecret, ["CapitalOnline"] = CapitalSecret });
        Module.Run(
            "$global:PSDefaultParameterValues = @{ 'Get-CloudInstance:Service' = 'HuaweiCloud.Dcs', "
                + "'HuaweiCloud.Rds', 'CapitalOnline.Redis' }");
    }

    /// <summary>Adds a region whose project has the same in it as the first.</summary>
    private protected void AddRegion(string region)
    {
        string project = new string('a', 24) + (Server.Cloud.Of<HuaweiAccount>().Projects.Count + 10_000_000);
        Server.Cloud.Of<HuaweiAccount>().Projects[region] = [project];
        Server.Cloud.Of<HuaweiAccount>().ReadableProjects[project] = true;
    }

    private protected static string[] Texts(RunResult result, string property) =>
        [.. result.Output.Select(item => $"{item.Properties[property].Value}")];
}
