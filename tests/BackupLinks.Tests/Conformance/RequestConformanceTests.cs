using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>What is true of any request of any service.</summary>
public sealed class RequestConformanceTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    public static TheoryData<string> Requests => RequestCase.Names(_ => true);

    public static TheoryData<string> WithIds => RequestCase.Names(request => request.Ids.Count > 0);

    public static TheoryData<string> WithCodes => RequestCase.Names(request => request.Service.ErrorCodes.Count > 0);

    public static TheoryData<string> Services => [.. Clouds.Registry.Services.Select(service => service.Key)];

    [Theory, MemberData(nameof(Services))]
    public void Service_has_an_example_of_each_id(string key)
    {
        var service = Clouds.Registry.FindService(key)!;

        Assert.False(string.IsNullOrWhiteSpace(service.SampleIds.InstanceId));
        Assert.False(string.IsNullOrWhiteSpace(service.SampleIds.BackupId));
        Assert.Null(service.SampleIds.LogId);
        Assert.Equal(service.LogKinds, service.LogSamples.Select(log => log.Kind));
        Assert.All(service.LogSamples, log => Assert.False(string.IsNullOrWhiteSpace(log.LogId)));
        Assert.Equal(
            service.LinksLogs, service.LinkKinds.Any(kind => kind.Ids.Contains(nameof(LinkIds.LogId))));
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Sample_is_found(string name)
    {
        var request = RequestCase.Find(name);
        // What has to be exported first is exported by then, and its links have not expired.
        using (var first = Connect(request))
            await first.ReadAsync(request);
        using var cloud = Connect(request);

        var results =
            (await cloud.ReadAsync(request)).AssertGood<object>();

        Assert.NotEmpty(results);
        Assert.Equal(request.RequestCount, cloud.Network.Requests.Count);
        var sample = request.SampleIds;
        string? id = request.What == "backups" ? sample.BackupId : sample.LogId ?? sample.InstanceId;
        if (request.Kind is null)
            Assert.Equal(request.Log?.IsKept != false, IdsOf(results).Contains(id));
        Assert.Contains(cloud.Lines, line => line.Contains("HTTP 200"));
    }

    [Theory, MemberData(nameof(WithIds))]
    public async Task Id_that_is_gone_is_NotFound(string name)
    {
        var request = RequestCase.Find(name);
        bool isEmptyOfUnknown = request.Kind is null && request.Service.ListsNothingOfUnknown;
        foreach (string id in request.VariableIds)
        {
            string gone = request.ToId(id, "gone");
            using var cloud = Connect(request);

            var reading = await CloudUnderTest.ReadAsync(request.Open(cloud.Session, request.With(id, gone)));

            var error = reading.AssertFailed<ApiException>(ErrorKind.NotFound);
            Assert.Contains($"'{gone}'", error.Message);
            // What is looked for in a list has no refusal.
            if (!request.IsSingle && !isEmptyOfUnknown && await IsSentAsync(request, id))
            {
                Assert.NotNull(error.ErrorCode);
                Assert.Contains(error.ErrorCode, error.Message);
            }
        }
    }

    [Theory, MemberData(nameof(WithIds))]
    public async Task Odd_id_stays_one_value_and_its_signature_holds_or_nothing_is_sent(string name)
    {
        var request = RequestCase.Find(name);
        string[] odd =
        [
            "a b", "a?b", "a#b", "a%2Fb", "a~b*c+d'(e)!", "备份", "%2e%2e", "a/b?c&d=e+f %#é*'(~)", "..", ".", "a\\b",
            "a=b&c",
        ];
        string[] sent = [.. await FilterAsync(request.VariableIds, id => IsSentAsync(request, id))];
        var good = await GetGoodRequestAsync(request);
        foreach (var (id, value) in request.VariableIds.SelectMany(id => odd.Select(value => (id, value))))
        {
            using var cloud = Connect(request);
            var ids = request.With(id, request.ToId(id, value));

            var reading = await CloudUnderTest.ReadAsync(request.Open(cloud.Session, ids));

            Inspect(reading, cloud);
            if (cloud.Network.Requests.Count == 0)
            {
                reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest);
                continue;
            }

            // A signature that does not hold would be refused first.
            reading.AssertFailed<ApiException>(ErrorKind.NotFound);
            var first = cloud.Network.Requests[0];
            Assert.Equal(good.Address.Segments.Length, first.Address.Segments.Length);
            Assert.Equal(CloudSample.Read(good.Address).Keys, CloudSample.Read(first.Address).Keys);
            if (sent.Contains(id))
                Assert.True(Has(first, value), $"{value}: {first.Body}");
        }
    }

    [Theory, MemberData(nameof(WithIds))]
    public async Task Id_that_cannot_be_one_is_refused_and_nothing_is_sent(string name)
    {
        var request = RequestCase.Find(name);
        string[] bad = ["", "   ", "a\nb", "a\0b"];
        foreach (var (id, value) in request.Ids.SelectMany(id => bad.Select(value => (id, value))))
        {
            using var cloud = Connect(request);
            var reading = new Reading();
            try
            {
                reading = await CloudUnderTest.ReadAsync(request.Open(cloud.Session, request.With(id, value)));
            }
            catch (BackupLinksException e)
            {
                reading.Failure = e;
            }

            reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest);
            Assert.Empty(cloud.Network.Requests);
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Wrong_key_is_AuthenticationFailed_and_never_shown(string name)
    {
        var request = RequestCase.Find(name);
        using var cloud = Connect(request, CloudSample.Of(request.Service.Provider).With(Secret));

        var reading = await cloud.ReadAsync(request);

        Inspect(reading, cloud);
        reading.AssertFailed<ApiException>(ErrorKind.AuthenticationFailed);
        Assert.NotEmpty(cloud.Network.Requests);
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Refusal_has_its_kind_and_says_whose_key_it_was(string name)
    {
        var request = RequestCase.Find(name);
        foreach (var (status, kind) in new[] { (401, ErrorKind.AuthenticationFailed), (403, ErrorKind.AccessDenied) })
        {
            foreach (string body in new[] { "{}", "", "no", "<html>no</html>" })
            {
                var (reading, _) = await SendAsync(request, body, status);

                var error = reading.AssertFailed<ApiException>(kind);
                Assert.Equal(status, (int)error.StatusCode!);
                Assert.Contains(
                    $"the key of the secret '{request.Service.Provider.Credentials.SecretName}'", error.Message);
            }
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Status_without_a_code_has_its_kind(string name)
    {
        foreach (var (status, kind) in new[]
        {
            (400, ErrorKind.InvalidRequest), (404, ErrorKind.NotFound), (409, ErrorKind.Conflict),
            (410, ErrorKind.NotFound),
            (429, ErrorKind.Throttled), (500, ErrorKind.ServiceUnavailable), (503, ErrorKind.ServiceUnavailable),
            (302, ErrorKind.InvalidResponse),
        })
        {
            var (reading, _) = await SendAsync(
                RequestCase.Find(name), "{}", status, "application/json",
                ("Location", "https://elsewhere.example/?Signature=" + Secret));

            Assert.Equal(status, (int)reading.AssertFailed<ApiException>(kind).StatusCode!);
        }
    }

    [Theory, MemberData(nameof(WithCodes))]
    public async Task Code_of_the_service_has_its_kind_whatever_the_status(string name)
    {
        var request = RequestCase.Find(name);
        var sample = CloudSample.Of(request.Service.Provider);
        foreach (var (code, kind) in request.Service.ErrorCodes)
        {
            foreach (int status in new[] { 400, 403 })
            {
                var (reading, _) = await SendAsync(request, sample.Refusal(code).ToJsonString(), status);

                Assert.Equal(code, reading.AssertFailed<ApiException>(kind).ErrorCode);
            }
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Response_to_something_else_is_InvalidResponse_with_its_beginning(string name)
    {
        var request = RequestCase.Find(name);
        foreach (string body in new[]
        {
            "<html><body>Sign in to the proxy</body></html>", "", "null", "[]", "[{}]", "42", "\"text\"", "{}",
            "{\"unrelated\":{\"id\":1}}",
            "{\"a\":\"https://h.example/a?Signature=S1gnatureThatMustNotShow",
            "<Error><Code>AccessDenied</Code></Error>", "\0\u0001\u001b[31m",
        })
        {
            var (reading, _) = await SendAsync(request, body, type: "text/html");

            var error = reading.AssertFailed<ApiException>(ErrorKind.InvalidResponse);
            Assert.Contains("HTTP 200", error.Message);
            if (body.StartsWith("<html", StringComparison.Ordinal))
                Assert.Contains(body, error.Message);
        }
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Good_response_with_a_byte_order_mark_is_read(string name)
    {
        var request = RequestCase.Find(name);

        var (reading, _) = await SendAsync(request, "\uFEFF" + await Sandbox.GetGoodBodyAsync(request));

        Assert.NotEmpty(reading.AssertGood<object>());
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Passing_trouble_is_retried_and_then_one_error(string name)
    {
        var request = RequestCase.Find(name);
        string good = await Sandbox.GetGoodBodyAsync(request);
        using var cloud = Connect(request, settings: new RequestSettings { MaximumRetryCount = 2 });
        cloud.Network.Respond = (_, i) =>
            i < 2 ? TestNetwork.Response(i == 0 ? 500 : 429, "") : TestNetwork.Response(200, good);

        Assert.NotEmpty(
            (await cloud.ReadAsync(request)).AssertGood<object>());
        Assert.Equal(2 + request.RequestCount, cloud.Network.Requests.Count);

        cloud.Network.Requests.Clear();
        cloud.Network.RespondWith("", 503);
        (await cloud.ReadAsync(request)).AssertFailed<ApiException>(ErrorKind.ServiceUnavailable);
        Assert.Equal(3, cloud.Network.Requests.Count);
    }

    [Theory, MemberData(nameof(Requests))]
    public async Task Retry_After_is_waited_for(string name)
    {
        var request = RequestCase.Find(name);
        string good = await Sandbox.GetGoodBodyAsync(request);
        using var cloud = Connect(request, settings: new RequestSettings { MaximumRetryCount = 1 });
        cloud.Network.Respond = (_, i) =>
            i == 0 ? TestNetwork.Response(429, "", headers: ("Retry-After", "7")) : TestNetwork.Response(200, good);

        Assert.NotEmpty(
            (await cloud.ReadAsync(request)).AssertGood<object>());
        Assert.Contains(TimeSpan.FromSeconds(7), cloud.Clock.Delays);
    }

    // A cloud, or something in its place, may send back whatever it was sent.
    [Theory, MemberData(nameof(Requests))]
    public async Task Secret_that_comes_back_is_not_shown(string name)
    {
        var request = RequestCase.Find(name);
        foreach (var (status, type, body) in new[]
        {
            (400, "application/json",
                "{\"error_code\":\"X.1\",\"error_msg\":\"{0}\",\"Code\":\"X.1\",\"Message\":\"{0}\"}"),
                (403, "text/plain", "{0}"),
            (500, "text/html", "<pre>{0}</pre>"), (200, "text/html", "<pre>{0}</pre>"),
            (404, "application/xml", "<Error><Message>{0}</Message></Error>"),
        })
        {
            using var cloud = Connect(request, CloudSample.Of(request.Service.Provider).With(Secret));
            cloud.Network.Respond = (address, _) => TestNetwork.Response(
                status, body.Replace(
                    "{0}", $"secret {Secret} of https://h.example/a?Signature={Secret} in {address.Query}"), type);

            var reading = await cloud.ReadAsync(request);

            Assert.NotNull(reading.Failure);
            Inspect(reading, cloud);
        }
    }

    private static async Task<IReadOnlyList<string>> FilterAsync(
        IEnumerable<string> ids, Func<string, Task<bool>> isWantedAsync)
    {
        var wanted = new List<string>();
        foreach (string id in ids)
        {
            if (await isWantedAsync(id))
                wanted.Add(id);
        }

        return wanted;
    }

    private async Task<(string Method, Uri Address, string Body)> GetGoodRequestAsync(RequestCase request)
    {
        using var cloud = Connect(request);
        cloud.Network.RespondWith(await Sandbox.GetGoodBodyAsync(request));
        await cloud.ReadAsync(request);
        return cloud.Network.Requests[0];
    }
}
