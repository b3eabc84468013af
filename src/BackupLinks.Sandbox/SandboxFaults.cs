using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox;

/// <summary>The faults that are switched on.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _lock = new();
    private readonly List<(SandboxFault Fault, int Left)> _faults = [];

    /// <summary>Switches a fault on, behind those that are on already.</summary>
    public void Add(SandboxFault fault)
    {
        lock (_lock)
            _faults.Add((fault, fault.Count ?? int.MaxValue));
    }

    /// <summary>Switches all faults off.</summary>
    public void Clear()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>Lets the next fault for this request happen.</summary>
    /// <returns>True when the request is answered, or its connection broken.</returns>
    internal async Task<bool> StrikeAsync(HttpContext context)
    {
        if (Take(context.Request.Path.Value ?? "") is not { } fault)
            return false;
        await Task.Delay(fault.Delay, context.RequestAborted);
        if (fault.Reset)
        {
            context.Abort();
            return true;
        }

        if (fault.Status is not { } status)
            return false;
        byte[] body = Encoding.UTF8.GetBytes(fault.Body);
        context.Response.StatusCode = status;
        context.Response.ContentType = fault.ContentType;
        foreach (var header in fault.Headers)
            context.Response.Headers[header.Key] = header.Value;
        if (status != StatusCodes.Status204NoContent)
        {
            context.Response.ContentLength = body.Length + fault.MissingBytes;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }

        if (fault.MissingBytes > 0)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }

        return true;
    }

    private SandboxFault? Take(string path)
    {
        lock (_lock)
        {
            int index = _faults.FindIndex(entry => entry.Fault.Path is null || path.Contains(entry.Fault.Path, StringComparison.Ordinal));
            if (index < 0)
                return null;
            var (fault, left) = _faults[index];
            if (left == 1)
                _faults.RemoveAt(index);
            else
                _faults[index] = (fault, left - 1);
            return fault;
        }
    }
}
