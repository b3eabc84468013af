using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Files;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Conformance;

/// <summary>What is true of every service that is registered, with the sandbox's sample of it.</summary>
[Collection(nameof(ConformanceCollection))]
public abstract class ConformanceTest(ConformanceSandbox sandbox)
{
    /// <summary>What no message and no view may show.</summary>
    private protected const string Secret = "S1gnatureThatMustNotShow";

    private protected ConformanceSandbox Sandbox => sandbox;

    /// <summary>A session with the service of a request.</summary>
    private protected CloudUnderTest Connect(
        RequestCase request, CredentialFields? credential = null, RequestSettings? settings = null) =>
        new(sandbox, request.Service, credential, settings);

    /// <summary>Sends a request with the sample ids, to a network that has this response to everything.</summary>
    private protected async Task<(Reading Reading, CloudUnderTest Cloud)> SendAsync(
        RequestCase request, string body, int status = 200, string type = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var cloud = Connect(request);
        cloud.Network.RespondWith(body, status, type, headers);
        return (await ReadAsync(cloud, request), cloud);
    }

    /// <summary>The same over a session that is open.</summary>
    private protected static Task<Reading> ReplayAsync(CloudUnderTest cloud, RequestCase request, string body)
    {
        cloud.Lines.Clear();
        cloud.Network.RespondWith(body);
        return ReadAsync(cloud, request);
    }

    /// <summary>A long list, made of the good response to the request for one.</summary>
    private protected async Task<ListUnderTest> FindListAsync(RequestCase request)
    {
        string good = await Sandbox.GetGoodBodyAsync(request);
        var (reading, _) = await SendAsync(request, good);
        return new ListUnderTest(good, IdsOf(reading.AssertGood<object>())[0]);
    }

    /// <summary>The most entries that the request asks for; of a cloud without pages, any number.</summary>
    private protected async Task<int> GetLimitAsync(RequestCase request, ListUnderTest list)
    {
        using var cloud = Connect(request);
        cloud.Network.RespondWith(list.Body([], 0));
        await cloud.ReadAsync(request);
        return ListUnderTest.LimitOf(
            cloud.Network.Requests[0], CloudSample.Of(request.Service.Provider).Page);
    }

    /// <summary>True for an id that the request has; another is looked for in the response.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The name of the id.</param>
    private protected async Task<bool> IsSentAsync(RequestCase request, string id)
    {
        using var cloud = Connect(request);
        cloud.Network.RespondWith(await Sandbox.GetGoodBodyAsync(request));
        await cloud.ReadAsync(request);
        string sample = (string)typeof(LinkIds).GetProperty(id)!.GetValue(request.SampleIds)!;
        // Of an id that begins with its kind, the rest.
        bool isSent = Has(cloud.Network.Requests[0], sample.Split('/')[^1]);
        Assert.Equal(!request.IsFoundInList(id), isSent);
        return isSent;
    }

    /// <summary>True for a request that has this value, in its address or as JSON.</summary>
    internal static bool Has((string Method, Uri Address, string Body) request, string value) =>
        (request.Address.AbsoluteUri + request.Body).Contains(Uri.EscapeDataString(value), StringComparison.Ordinal)
        || request.Body.Contains(JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal);

    private static async Task<Reading> ReadAsync(CloudUnderTest cloud, RequestCase request)
    {
        var reading = await cloud.ReadAsync(request);
        Inspect(reading, cloud);
        return reading;
    }

    /// <summary>Checks what is true of any result, any error and any verbose line.</summary>
    private protected static void Inspect(Reading reading, CloudUnderTest cloud)
    {
        foreach (object result in reading.Results)
        {
            foreach (var property in result.GetType().GetProperties())
            {
                object? value = property.GetValue(result);
                Assert.False(value is long and < 0 or int and < 0, $"{property.Name} is {value}");
            }

            if (result is DownloadLink link)
            {
                Assert.DoesNotContain(Secret, link.ToString());
                Assert.Equal(SafeFileName.From(link.FileName, ""), link.FileName);
                Assert.True(link.Uri.Scheme is "https" or "http", link.ToString());
            }
        }

        string told = string.Join('\n',
            reading.Problems.Append(reading.Failure).OfType<Exception>().Select(e => e.Message).Concat(cloud.Lines));
        Assert.DoesNotContain(Secret, told);
        Assert.DoesNotContain(told, c => char.IsControl(c) && c != '\n');
        Assert.All(reading.Problems, problem => Assert.Matches(@"^\S[^\r\n]*\.$", problem.Message));
    }

    /// <summary>The ids of results, in their order.</summary>
    private protected static IReadOnlyList<string> IdsOf(IEnumerable<object> results) =>
        [.. results.Select(result => result switch
    {
        Discovery.IBackup backup => backup.BackupId,
        Discovery.ILog log => log.LogId,
        Discovery.IInstance instance => instance.InstanceId,
        _ => ((DownloadLink)result).FileName,
    })];
}
