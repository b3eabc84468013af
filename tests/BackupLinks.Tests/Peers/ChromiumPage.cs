using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;

namespace BackupLinks.Tests.Peers;

/// <summary>A file in headless Chromium, with what its console says and what it requests.</summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private string? _session;
    private int _id;

    private ChromiumPage(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>The addresses that the page requested, without its own.</summary>
    public IEnumerable<string> Requests => Of("Network.requestWillBeSent")
        .Select(sent => (string)sent["request"]!["url"]!).Where(address => !address.StartsWith("file:"));

    /// <summary>The messages of the console and of the browser about the page.</summary>
    public IEnumerable<string> Messages => Of("Log.entryAdded").Concat(Of("Runtime.consoleAPICalled"))
        .Concat(Of("Runtime.exceptionThrown")).Select(message => message.ToJsonString());

    /// <summary>True when the page opened a dialog.</summary>
    public bool HasDialog => Of("Page.javascriptDialogOpening").Any();

    /// <summary>Opens a file; skips the test where there is no Chromium.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="dark">True for a reader who prefers dark pages.</param>
    public static async Task<ChromiumPage> OpenAsync(string path, int width = 1400, bool dark = false)
    {
        string program = Peer.Require("chromium");
        string profile = Directory.CreateTempSubdirectory("BackupLinks-").FullName;
        var process = ChildProcess.Start(
            program,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-dev-shm-usage", "--disable-component-update", "--remote-debugging-port=0",
            "--user-data-dir=" + profile, "about:blank"],
            redirectError: true);
        var page = new ChromiumPage(process, profile);
        try
        {
            await page.ConnectAsync();
            await page.SendAsync("Emulation.setEmulatedMedia", new JsonObject
            {
                ["features"] = new JsonArray(new JsonObject
                {
                    ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light",
                }),
            });
            await page.SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject
            {
                ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600,
            });
            await page.SendAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
            while (!page.Of("Page.loadEventFired").Any())
                await page.ReceiveAsync();
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression of JavaScript, or of its promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var result = await SendAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true,
        });
        Assert.Null(result["exceptionDetails"]);
        return result["result"]!["value"];
    }

    /// <summary>A picture of the whole page.</summary>
    public async Task<byte[]> CaptureAsync()
    {
        var result = await SendAsync("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true });
        return Convert.FromBase64String((string)result["data"]!);
    }

    /// <summary>The page in print.</summary>
    public async Task<byte[]> PrintAsync()
    {
        var result = await SendAsync(
            "Page.printToPDF", new JsonObject { ["preferCSSPageSize"] = true, ["printBackground"] = false });
        return Convert.FromBase64String((string)result["data"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process ends a moment later; the folder of the run goes away with all.
        }
    }

    private IEnumerable<JsonNode> Of(string method) =>
        _events.Where(each => (string?)each["method"] == method).Select(each => each["params"]!);

    private async Task ConnectAsync()
    {
        string? address = null;
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
            {
                address = line["DevTools listening on ".Length..];
                break;
            }
        }

        Assert.NotNull(address);
        _ = _process.StandardError.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(address), TestContext.Current.CancellationToken);
        var targets = await SendAsync("Target.getTargets", []);
        string target = targets["targetInfos"]!.AsArray()
            .Where(each => (string?)each!["type"] == "page").Select(each => (string)each!["targetId"]!).First();
        var attached = await SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = target, ["flatten"] = true });
        _session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Page", "Network", "Log", "Runtime"])
            await SendAsync(domain + ".enable", []);
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        int id = ++_id;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
            message["sessionId"] = _session;
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true,
            TestContext.Current.CancellationToken);
        while (true)
        {
            var received = await ReceiveAsync();
            if ((int?)received["id"] == id)
            {
                Assert.True(received["error"] is null, received.ToJsonString());
                return received["result"]!;
            }
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var hang = new CancellationTokenSource(TestTimeout.Hang);
        using var text = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, hang.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        var message = JsonNode.Parse(text.ToArray())!;
        if (message["method"] is not null)
            _events.Add(message);
        return message;
    }
}
