using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace BackupLinks.Tests.Core.Transfer;

/// <summary>A store in memory, whose one object can be served as oddly as a test needs it.</summary>
internal sealed class FakeStore : HttpMessageHandler
{
    private readonly Lock _lock = new();

    /// <summary>The object.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>The entity tag as it goes into the header; null for none.</summary>
    public string? Tag { get; set; }

    public DateTimeOffset? LastModified { get; set; }

    public DateTimeOffset Date { get; set; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>True for a bare server, whose responses have no Date.</summary>
    public bool HasNoDate { get; set; }

    public bool IgnoresRanges { get; set; }

    public bool IgnoresConditions { get; set; }

    public bool HasNoLength { get; set; }

    /// <summary>Values of Content-Encoding, a header each.</summary>
    public string[] Codings { get; set; } = [];

    /// <summary>How many bytes of each body come before the connection breaks; null for all.</summary>
    public long? CutAfter { get; set; }

    /// <summary>How a body breaks that is cut.</summary>
    public Func<Exception> CutWith { get; set; } = () => new IOException("The connection was reset.");

    /// <summary>Another response for a request, by its number from 1; null for the ordinary one.</summary>
    public Func<int, HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = (_, _) => null;

    /// <summary>Changes the ordinary responses.</summary>
    public Action<int, HttpResponseMessage> Change { get; set; } = (_, _) => { };

    /// <summary>What was requested: the range, or "all", and the condition behind it.</summary>
    public List<string> Requests { get; } = [];

    public List<HttpRequestMessage> Messages { get; } = [];

    public string Md5Tag => $"\"{Convert.ToHexStringLower(MD5.HashData(Content))}\"";

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    public static HttpResponseMessage Refuse(int status, string body = "", string type = "application/xml") =>
        new((HttpStatusCode)status) { Content = new StringContent(body, null, type) };

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            Requests.Add(Describe(request));
            Messages.Add(request);
            number = Requests.Count;
        }

        var response = Instead(number, request);
        if (response is null)
        {
            response = CreateResponse(request);
            Change(number, response);
        }

        response.RequestMessage = request;
        if (!HasNoDate)
            response.Headers.Date ??= Date;
        return Task.FromResult(response);
    }

    private static string Describe(HttpRequestMessage request)
    {
        var headers = request.Headers;
        string range = headers.Range is null
            ? "all" : string.Join(",", headers.Range.Ranges.Select(part => $"{part.From}-{part.To}"));
        string match = headers.IfMatch.Count > 0 ? " if " + headers.IfMatch.First() : "";
        return range + match + (headers.IfUnmodifiedSince is null ? "" : " if unmodified");
    }

    private HttpResponseMessage CreateResponse(HttpRequestMessage request)
    {
        var headers = request.Headers;
        bool isChanged = (headers.IfMatch.Count > 0 && headers.IfMatch.All(tag => tag.ToString() != Tag))
            || (headers.IfUnmodifiedSince is { } time && !(LastModified <= time));
        if (isChanged && !IgnoresConditions)
            return Refuse(412);
        var range = IgnoresRanges ? null : headers.Range?.Ranges.Single();
        int from = (int)(range?.From ?? 0);
        int to = (int)Math.Min((range?.To ?? Content.Length - 1) + 1, Content.Length);
        if (from >= Content.Length && range is not null)
            return Refuse(416);
        byte[] body = Content[from..to];
        var response = new HttpResponseMessage(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            Content = new StreamContent(new Body(body, CutAfter ?? long.MaxValue, CutWith)),
        };
        if (range is not null)
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, to - 1, Content.Length);
        if (HasNoLength)
            response.Headers.TransferEncodingChunked = true;
        else
            response.Content.Headers.ContentLength = body.Length;
        if (Tag is not null)
            response.Headers.TryAddWithoutValidation("ETag", Tag);
        response.Content.Headers.LastModified = LastModified;
        foreach (string coding in Codings)
            response.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        return response;
    }

    private sealed class Body(byte[] bytes, long cutAfter, Func<Exception> cutWith)
        : ResponseStream(bytes)
    {
        private bool _isBroken;

        // As those of .NET do, it breaks once, and then looks as if it had ended.
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isBroken)
                return new(0);
            long left = Math.Min(cutAfter, Length) - Position;
            if (left <= 0 && cutAfter < Length)
            {
                _isBroken = true;
                throw cutWith();
            }

            return base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, left)], cancellationToken);
        }
    }
}
