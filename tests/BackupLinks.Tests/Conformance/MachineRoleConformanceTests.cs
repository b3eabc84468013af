using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.AlibabaCloud;
using BackupLinks.Sandbox.HuaweiCloud;
using BackupLinks.Sandbox.TencentCloud;
using BackupLinks.Tests.Core.Http;

namespace BackupLinks.Tests.Conformance;

/// <summary>The role of the machine as a credential of each cloud that has it.</summary>
public sealed class MachineRoleConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    private const string Role = "backup-reader";

    // The response of each cloud's service as its pages have it, with a key of the sandbox.
    private static readonly Dictionary<string, (SandboxKey Key, string Response, string[] Requests)> Machines = new()
    {
        ["AlibabaCloud"] = (AlibabaSamples.TemporaryKey, """
            {"AccessKeyId":"{0}","AccessKeySecret":"{1}","Expiration":"2099-01-15T09:00:00Z","SecurityToken":"{2}",
            "LastUpdated":"2026-01-15T03:00:00Z","Code":"Success"}
            """,
            [
                "PUT http://100.100.100.200/latest/api/token X-aliyun-ecs-metadata-token-ttl-seconds: 21600",
                "GET http://100.100.100.200/latest/meta-data/ram/security-credentials/backup-reader "
                    + "X-aliyun-ecs-metadata-token: the-token",
            ]),
        ["HuaweiCloud"] = (HuaweiSamples.TemporaryKey, """
            {"credential":{"access":"{0}","secret":"{1}","expires_at":"2099-01-08T03:50:07.574000Z",
            "securitytoken":"{2}"}}
            """,
            [
                "PUT http://169.254.169.254/meta-data/latest/api/token X-Metadata-Token-Ttl-Seconds: 21600",
                "GET http://169.254.169.254/openstack/latest/securitykey X-Metadata-Token: the-token",
            ]),
        ["TencentCloud"] = (TencentSamples.TemporaryKey, """
            {"TmpSecretId":"{0}","TmpSecretKey":"{1}","ExpiredTime":4103862400,
            "Expiration":"2100-01-17T02:26:40Z","Token":"{2}","Code":"Success"}
            """,
            [
                "GET http://169.254.0.23/latest/meta-data/cam/security-credentials/backup-reader "
                    + "for metadata.tencentyun.com",
            ]),
    };

    public static TheoryData<string> Clouds =>
    [
        .. BackupLinks.Clouds.Registry.Providers.Where(provider => provider.MachineRole is not null)
            .Select(provider => provider.Key),
    ];

    [Theory, MemberData(nameof(Clouds))]
    public async Task Requests_are_signed_with_the_key_of_the_role(string cloud)
    {
        var (key, response, requests) = Machines[cloud];
        using var machine = Machine(key, response);
        using var session = Connect(cloud, machine);

        var reading = await CloudUnderTest.ReadAsync(ListOf(cloud).Open(session.Session, ListOf(cloud).SampleIds));

        Inspect(reading, session);
        Assert.NotEmpty(reading.Results);
        Assert.Empty(reading.Problems);
        Assert.Equal(requests, machine.Requests);
        Assert.All(session.Lines, line => Assert.DoesNotContain(key.SecurityToken!, line));
    }

    [Theory, MemberData(nameof(Clouds))]
    public async Task Line_break_behind_the_name_of_a_role_is_not_a_part_of_it(string cloud)
    {
        var (key, response, requests) = Machines[cloud];
        using var machine = Machine(key, response);
        using var session = Connect(cloud, machine, $" {Role}\r\n");

        var reading = await CloudUnderTest.ReadAsync(ListOf(cloud).Open(session.Session, ListOf(cloud).SampleIds));

        Assert.Empty(reading.Problems);
        Assert.Equal(requests, machine.Requests);
    }

    [Theory, MemberData(nameof(Clouds))]
    public async Task Refusal_that_repeats_the_request_shows_nothing_of_the_key(string cloud)
    {
        var (key, response, _) = Machines[cloud];
        using var machine = Machine(key, response);
        using var session = Connect(cloud, machine);
        session.Network.RespondWith($"{key.SecretKey} or {key.SecurityToken} is wrong", 403, "text/plain");

        var reading = await CloudUnderTest.ReadAsync(ListOf(cloud).Open(session.Session, ListOf(cloud).SampleIds));

        reading.AssertFailed<ApiException>(ErrorKind.AccessDenied);
        string shown = reading.Failure + string.Join('\n', session.Lines);
        Assert.DoesNotContain(key.SecretKey, shown);
        Assert.DoesNotContain(key.SecurityToken!, shown);
    }

    [Theory, MemberData(nameof(Clouds))]
    public async Task Machine_without_a_role_is_an_error_of_one_sentence(string cloud)
    {
        using var machine = new FakeMachine();
        using var session = Connect(cloud, machine);

        var reading = await CloudUnderTest.ReadAsync(ListOf(cloud).Open(session.Session, ListOf(cloud).SampleIds));

        Assert.Equal(ErrorKind.CredentialNotFound, reading.Failure!.Kind);
        Assert.Contains($"has no role; give it the role '{Role}'", reading.Failure.Message);
        Assert.Empty(session.Network.Requests);
    }

    [Fact]
    public void Cloud_whose_secret_may_name_a_role_has_its_service_at_an_address_of_the_machine_alone()
    {
        foreach (var provider in BackupLinks.Clouds.Registry.Providers)
        {
            Assert.Equal(
                provider.MachineRole is not null, provider.Credentials.Find(CredentialFields.Role) is not null);
            if (provider.MachineRole is not { } service)
                continue;
            Assert.Equal(provider.Name, service.Provider);
            Assert.Equal(Uri.UriSchemeHttp, service.Address.Scheme);
            // 100.100.100.200 is of 100.64.0.0/10, which no router of the internet knows.
            Assert.True(AddressRange.IsLinkLocal(service.Address) || service.Address.Host == "100.100.100.200");
            Assert.True(provider.IsBoundToHost(Fields(provider)));
        }
    }

    private static FakeMachine Machine(SandboxKey key, string response) => new()
    {
        Respond = (method, _) => FakeMachine.Response(
            method == "PUT" ? "the-token"
                : response.Replace("{0}", key.AccessKey).Replace("{1}", key.SecretKey)
                    .Replace("{2}", JsonEncodedText.Encode(key.SecurityToken!).ToString())),
    };

    private CloudUnderTest Connect(string cloud, FakeMachine machine, string role = Role) =>
        new(Sandbox, ListOf(cloud).Service, Fields(ListOf(cloud).Service.Provider, role), machine: machine);

    private static CredentialFields Fields(Provider provider, string role = Role) => new(
        provider.Credentials, $"The secret '{provider.Credentials.SecretName}'",
        [new(CredentialFields.Role, role)]);

    private static RequestCase ListOf(string cloud) => RequestCase.All.First(
        request => request.Service.Provider.Key == cloud && request.What == "instances");
}
