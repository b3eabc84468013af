using System.Collections;
using System.Linq;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// Every 401 and 403 of a provider says whose key it was: an operator has several, in several places.
/// </summary>
public sealed class WhoseKeyTests : SandboxTest
{
    [Theory]
    [InlineData(401, "AuthenticationFailed")]
    [InlineData(403, "AccessDenied")]
    public void A_refusal_names_the_secret_and_the_vault(int status, string id)
    {
        Fill();
        Server.Faults.Add(new SandboxFault { Status = status, Body = "{}" });

        foreach (var command in LinkCommand.All)
        {
            string secret = command.IsHuaweiCloud ? "HuaweiCloud" : "CapitalOnline";
            var error = Refuse($"{command.Example} -SecretName {secret} -Vault Backups").SingleError(id);
            Assert.Contains($"the key of secret '{secret}' in vault 'Backups'", error.ToString());
        }
    }

    [Theory]
    [InlineData("Token", "the token of secret 'Token' in vault 'Backups'")]
    [InlineData("HuaweiCloud", "the key of secret 'HuaweiCloud' in vault 'Backups'")]
    public void Each_kind_of_credential_has_its_name(string secret, string whose)
    {
        Fill();
        Server.Faults.Add(new SandboxFault { Path = "/backup-files", Status = 401, Body = "{}" });

        Assert.Contains(
            whose, Refuse($"Get-RdsBackupFile {RdsBackupId} -SecretName {secret} -Vault Backups -ProjectId {ProjectId}")
                .SingleError("AuthenticationFailed").ToString());
    }

    [Theory]
    [InlineData("User", "/v3/auth/tokens", "the user name and password of secret 'User'")]
    [InlineData("HuaweiCloud", "/v3/projects", "the key of secret 'HuaweiCloud'")]
    public void IAM_says_it_too(string secret, string path, string whose)
    {
        Fill();
        foreach (var (status, id) in new[] { (401, "AuthenticationFailed"), (403, "AccessDenied") })
        {
            Server.Faults.Clear();
            Server.Faults.Add(new SandboxFault { Path = path, Status = status, Body = "{}" });
            Assert.Contains(
                whose, Refuse($"Get-RdsBackupFile {RdsBackupId} -SecretName {secret}").SingleError(id).ToString());
        }
    }

    [Fact]
    public void A_refusal_names_the_parameter()
    {
        Server.Faults.Add(new SandboxFault { Status = 403, Body = "{}" });

        Assert.All(
            LinkCommand.All,
            command =>
                Assert.Contains("the key of -Credential", Run(command.Call).SingleError("AccessDenied").ToString()));
    }

    [Fact]
    public void A_403_that_means_something_else_says_it_too()
    {
        Fill();
        Server.Faults.Add(
            new SandboxFault { Status = 403,
            Body = """{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached."}""" });

        var error = Refuse($"Get-RdsBackupFile {RdsBackupId} -SecretName HuaweiCloud").SingleError("Throttled");

        Assert.Contains("with the key of secret 'HuaweiCloud'", error.ToString());
    }

    [Fact]
    public void A_credential_out_of_the_environment_names_its_variables()
    {
        Assert.Equal(
            [
                "the environment variables HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
                "the environment variables CDS_ACCESS_KEY_ID and CDS_ACCESS_KEY_SECRET",
                "the environment variables ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "the environment variables TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
            ],
            Clouds.Registry.Providers.Select(provider => provider.Credentials.ReadEnvironment(_ => "AK")!.Origin));
    }

    private RunResult Refuse(string script) => Module.Run(
        $"param($e) $PSDefaultParameterValues = @{{ 'Get-*:Endpoint' = $e; 'Get-*:MaximumRetryCount' = 0; "
            + $"'Get-*:IamEndpoint' = $e; 'Get-*:Region' = '{Region}' }}; {script}", Endpoint);

    private void Fill() => Module.AddVault("Backups", new Hashtable
    {
        ["HuaweiCloud"] = Key(OperatorKey),
        ["CapitalOnline"] = Key(CapitalOnlineSamples.Key),
        ["Token"] = new Hashtable { ["Token"] = "MIIReadyMadeToken" },
        ["User"] = new Hashtable { ["UserName"] = UserName, ["Password"] = Password, ["DomainName"] = DomainName },
    });

    private static Hashtable Key(SandboxKey key) =>
        new() { ["AccessKey"] = key.AccessKey, ["SecretKey"] = key.SecretKey };
}
