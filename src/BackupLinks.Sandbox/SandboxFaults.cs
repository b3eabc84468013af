using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Sandbox.Routes;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox;

/// <summary>The faults that are switched on.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _lock = new();
    private readonly List<(SandboxFault Fault, int After, int Left)> _faults = [];

    /// <summary>Switches a fault on, behind those that are on already.</summary>
    public void Add(SandboxFault fault)
    {
        lock (_lock)
            _faults.Add((fault, fault.After, fault.Count ?? int.MaxValue));
    }

    /// <summary>Switches all faults off.</summary>
    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>Lets the next fault for this request happen.</summary>
    /// <returns>True when the request has its response, or its connection is broken.</returns>
    internal async Task<bool> StrikeAsync(HttpContext context)
    {
        if (Take(RegionSegment.OriginalPath(context), context.Request.QueryString.ToString()) is not { } fault)
            return false;
        await Task.Delay(fault.Delay, context.RequestAborted);
        if (fault.Until is { } until)
            await until.WaitAsync(context.RequestAborted);
        if (fault.Reset)
        {
            context.Abort();
            return true;
        }

        if (fault.Status is not { } status)
        {
            context.Items[typeof(ObjectFault)] = fault.Object;
            return false;
        }

        string text = fault.EchoRequest
            ? fault.Body.Replace(
                "{0}", Escape(
                    fault, string.Join(
                        ' ', context.Request.Headers.Select(header => header.Key + " is " + header.Value).Prepend(
                            context.Request.QueryString.Value))))
            : fault.Body;
        byte[] body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = fault.ContentType;
        foreach (var header in fault.Headers)
            context.Response.Headers[header.Key] = header.Value;
        if (status != StatusCodes.Status204NoContent)
        {
            context.Response.ContentLength = body.Length + fault.MissingBytes;
            int half = fault.BodyDelay > TimeSpan.Zero ? body.Length / 2 : body.Length;
            await context.Response.Body.WriteAsync(body.AsMemory(0, half), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(fault.BodyDelay, context.RequestAborted);
            await context.Response.Body.WriteAsync(body.AsMemory(half), context.RequestAborted);
        }

        if (fault.MissingBytes > 0)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }

        return true;
    }

    private static string? Escape(SandboxFault fault, string text) =>
        fault.ContentType.Contains("xml", StringComparison.Ordinal) ? SecurityElement.Escape(text) : text;

    private static bool Concerns(string? part, string text) =>
        part is null || text.Contains(part, StringComparison.Ordinal);

    private SandboxFault? Take(string path, string query)
    {
        lock (_lock)
        {
            for (int i = 0; i < _faults.Count; i++)
            {
                var (fault, after, left) = _faults[i];
                if (!Concerns(fault.Path, path) || !Concerns(fault.Query, query))
                    continue;
                if (after > 0)
                {
                    _faults[i] = (fault, after - 1, left);
                    continue;
                }

                if (left == 1)
                    _faults.RemoveAt(i);
                else
                    _faults[i] = (fault, 0, left == int.MaxValue ? left : left - 1);
                return fault;
            }

            return null;
        }
    }
}
