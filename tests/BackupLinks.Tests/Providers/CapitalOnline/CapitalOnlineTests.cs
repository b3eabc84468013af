using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.CapitalOnline;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Providers;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.CapitalOnline;

/// <summary>What is true of every service of Capital Online, and of no other cloud.</summary>
public sealed class CapitalOnlineTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    [Fact]
    public async Task Code_of_a_service_has_its_kind()
    {
        using var cloud = new CloudUnderTest(Sandbox, new ServiceWithCodes());
        cloud.Network.RespondWith(CloudSample.Of(CapitalOnlineProvider.Instance).Refusal("Odd").ToJsonString(), 400);

        var error = await Assert.ThrowsAsync<ApiException>(() => ((CapitalOnlineSession)cloud.Session).Client.SendAsync(
            HttpMethod.Get, "odd/", null, "a backup", CancellationToken.None));

        Assert.Equal(ErrorKind.Conflict, error.Kind);
    }

    // None of the services has a code yet that its HTTP status does not explain.
    private sealed class ServiceWithCodes : CapitalOnlineService
    {
        public override string Name => "Odd";

        public override string PathSegment => "odd";

        public override IReadOnlyDictionary<string, ErrorKind> ErrorCodes { get; } =
            new Dictionary<string, ErrorKind> { ["Odd"] = ErrorKind.Conflict };

        public override IReadOnlyList<string> Engines => [];

        public override LinkIds SampleIds { get; } = new("a", "b");

        public override IReadOnlyList<LinkKind> LinkKinds => [];

        public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) =>
            throw new NotSupportedException();
    }
}
