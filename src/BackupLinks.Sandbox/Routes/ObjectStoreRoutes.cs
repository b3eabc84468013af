using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>The object stores behind the links: presigned GET only, with ranges and preconditions.</summary>
internal static class ObjectStoreRoutes
{
    private const int BlockLength = 64 * 1024;
    private static readonly ObjectFault NoFault = new();

    /// <summary>The store of a path; null for a path of no store.</summary>
    public static ObjectStore? Find(PathString path) =>
        ObjectStore.All.FirstOrDefault(store => path.StartsWithSegments("/" + store.Name));

    // A link is for one method, which is part of its signature: others are refused for that, as stores do.
    public static void MapObjectStores(this WebApplication app, SandboxServer server)
    {
        foreach (var store in ObjectStore.All)
        {
            app.Map(
                $"/{store.Name}/{{bucket}}/{{**key}}",
                (HttpContext context, string bucket, string key) =>
                    GetObjectAsync(context, server, store, bucket, key));
        }
    }

    private static Task GetObjectAsync(
        HttpContext context, SandboxServer server, ObjectStore store, string bucket, string key)
    {
        if (store.Verify(context.Request, server.Clock.UtcNow) is { } refusal)
            return RefuseAsync(context, refusal);
        // A slash of the key may be encoded, which the path keeps.
        string plain = key.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase);
        if (!server.Cloud.Objects.TryGetValue((bucket, key), out var item)
            && !server.Cloud.Objects.TryGetValue((bucket, plain), out item))
        {
            return server.Cloud.Objects.Keys.Any(known => known.Bucket == bucket)
                ? RefuseAsync(context, new(404, "NoSuchKey", "The specified key does not exist.", [("Key", key)]))
                : RefuseAsync(
                    context, new(
                        404, "NoSuchBucket", "The specified bucket does not exist.", [("BucketName", bucket)]));
        }

        var fault = context.Items[typeof(ObjectFault)] as ObjectFault ?? NoFault;
        if (store.ChecksumHeader is { } header && (fault.Crc64 ?? item.Crc64.ToString(CultureInfo.InvariantCulture))
            is { Length: > 0 } crc)
            context.Response.Headers[header] = crc;
        return SendAsync(context, server, item, fault);
    }

    private static async Task SendAsync(
        HttpContext context, SandboxServer server, SandboxObject item, ObjectFault fault)
    {
        var response = context.Response;
        string etag = fault.ETag ?? (fault.Encrypted ? item.ETag.Replace('a', 'b').Replace('1', '2') : item.ETag);
        DateTimeOffset? lastModified = fault.NoLastModified ? null : item.LastModified;
        var headers = context.Request.Headers;
        var condition = fault.IgnorePreconditions ? null : Preconditions.Check(headers, etag, lastModified);
        if (condition is (StatusCodes.Status412PreconditionFailed, var name))
        {
            await RefuseAsync(context, new(
                412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold.",
                [("Condition", name)]));
            return;
        }

        response.ContentType = "application/octet-stream";
        response.Headers.AcceptRanges = "bytes";
        if (etag.Length > 0)
            response.Headers.ETag = etag;
        if (lastModified is not null)
            response.Headers.LastModified = item.LastModified.ToString("R", CultureInfo.InvariantCulture);
        if (fault.Encrypted)
            response.Headers["x-obs-server-side-encryption"] = "kms";

        if (condition is not null)
        {
            response.ContentType = null;
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (from, to) = (0L, item.Length);
        bool isRanged = !fault.IgnoreRange
            && (fault.IgnorePreconditions || Preconditions.AllowRange(headers, etag, lastModified));
        if (isRanged && ParseRange(context.Request.Headers.Range, item.Length) is { } range)
        {
            if (range.From >= item.Length)
            {
                response.Headers.ContentRange = $"bytes */{item.Length}";
                await RefuseAsync(context, new(416, "InvalidRange", "The requested range cannot be satisfied."));
                return;
            }

            (from, to) = range;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange =
                $"bytes {from + fault.ShiftContentRange}-{to - 1 + fault.ShiftContentRange}"
                    + $"/{item.Length + fault.GrowContentRange}";
        }

        bool isPlain = !fault.Chunked && !fault.EndByClosing && !fault.Gzip;
        if (isPlain)
            response.ContentLength = to - from;
        if (fault.Gzip)
            response.Headers.ContentEncoding = "gzip";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (fault.EndByClosing)
            await SendRawAsync(context, server, item, from, to, fault);
        else if (fault.Gzip)
            await SendCompressedAsync(response, item, from, to, context.RequestAborted);
        else
            await SendBodyAsync(context, server, response.Body, item, from, to, fault);
    }

    private static async Task SendBodyAsync(
        HttpContext context, SandboxServer server, Stream body, SandboxObject item, long from, long to,
        ObjectFault fault)
    {
        var stop = context.RequestAborted;
        var time = Stopwatch.StartNew();
        byte[] block = new byte[BlockLength];
        for (long position = from; position < to;)
        {
            long sent = position - from;
            if (sent >= fault.StallAfter)
            {
                await body.FlushAsync(stop);
                await Task.Delay(Timeout.Infinite, stop);
            }

            if (sent >= fault.CutAfter)
            {
                await body.FlushAsync(stop);
                context.Abort();
                return;
            }

            long most = Math.Min(
                Math.Min(fault.StallAfter ?? long.MaxValue, fault.CutAfter ?? long.MaxValue) - sent, to - position);
            int count = (int)Math.Min(
                Math.Min(BlockLength, Math.Max(1, (fault.BytesPerSecond ?? long.MaxValue) / 50)), most);
            item.Read(position, block.AsSpan(0, count));
            foreach (long? place in new[] { fault.CorruptAt, fault.CorruptAlsoAt })
            {
                if (place >= position && place < position + count)
                    block[place.Value - position] ^= 1;
            }

            if (fault.BytesPerSecond is { } rate
                && TimeSpan.FromSeconds((double)sent / rate) - time.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early, stop);
            await body.WriteAsync(block.AsMemory(0, count), stop);
            server.CountSent(item, count);
            position += count;
        }
    }

    private static async Task SendCompressedAsync(
        HttpResponse response, SandboxObject item, long from, long to, CancellationToken stop)
    {
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
        byte[] block = new byte[BlockLength];
        for (long position = from; position < to; position += block.Length)
        {
            int count = (int)Math.Min(block.Length, to - position);
            item.Read(position, block.AsSpan(0, count));
            await gzip.WriteAsync(block.AsMemory(0, count), stop);
        }
    }

    // HTTP/1.0 as it was: no length, no chunks. The server would frame the body, so the connection is written by hand.
    private static async Task SendRawAsync(
        HttpContext context, SandboxServer server, SandboxObject item, long from, long to, ObjectFault fault)
    {
        var transport = context.Features.Get<IConnectionTransportFeature>()!.Transport.Output.AsStream(leaveOpen: true);
        string head =
            $"HTTP/1.1 {context.Response.StatusCode} OK\r\nConnection: close\r\nContent-Type: "
                + "application/octet-stream\r\n"
            + (context.Response.Headers.ContentRange is { Count: > 0 } range ? $"Content-Range: {range}\r\n" : "")
            + (context.Response.Headers.ETag is { Count: > 0 } etag ? $"ETag: {etag}\r\n" : "") + "\r\n";
        await transport.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head), context.RequestAborted);
        await SendBodyAsync(context, server, transport, item, from, to, fault);
        await transport.FlushAsync(context.RequestAborted);
        await context.Features.Get<IConnectionTransportFeature>()!.Transport.Output.CompleteAsync();
        await Task.Delay(100);
        context.Abort();
    }

    // An invalid range is ignored, as OBS does. One range only.
    private static (long From, long To)? ParseRange(string? header, long length)
    {
        if (!RangeHeaderValue.TryParse(header, out var parsed) || parsed.Unit != "bytes" || parsed.Ranges.Count != 1)
            return null;
        foreach (var range in parsed.Ranges)
        {
            return range.From is { } from
                ? (from, Math.Min(length, (range.To ?? length - 1) + 1))
                : (Math.Max(0, length - range.To!.Value), length);
        }

        return null;
    }

    /// <summary>An error in the shape of OBS: XML, with an id of its own header.</summary>
    public static Task RefuseAsync(HttpContext context, StoreRefusal refusal)
    {
        var body = new XElement(
            "Error",
            new XElement("Code", refusal.Code),
            new XElement("Message", refusal.Message),
            new XElement("RequestId", context.Response.Headers[Find(context.Request.Path)!.RequestIdHeader].ToString()),
            new XElement("HostId", "sandbox"),
            refusal.Details.Select(detail => new XElement(detail.Name, detail.Value)));
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + body);
    }
}
