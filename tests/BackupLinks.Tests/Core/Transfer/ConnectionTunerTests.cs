using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Time;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class ConnectionTunerTests
{
    private const double OneConnection = 100_000_000;

    [Theory]
    [InlineData(16, 1, 1)]
    [InlineData(16, 4, 4)]
    [InlineData(16, 16, 16)]
    [InlineData(8, 100, 8)]
    [InlineData(6, 2, 3)]
    [InlineData(2, 1, 1)]
    public async Task As_many_connections_are_left_as_the_line_is_worth(int begun, int worth, int left)
    {
        var crew = new WorkerPool(begun);
        var line = new Line(crew, count => OneConnection * Math.Min(count, worth));
        for (int i = 0; i < begun; i++)
            crew.Start(() => line.End.Task);

        await new ConnectionTuner(line, () => line.Received, crew, () => crew.Start(() => line.End.Task)).RunAsync(begun, TestContext.Current.CancellationToken);

        Assert.Equal((left, left), (crew.Count, crew.FilterParameters));
        line.End.SetResult();
    }

    [Fact]
    public async Task It_stops_when_the_file_is_done()
    {
        var crew = new WorkerPool(8);
        using var stop = new CancellationTokenSource();
        var line = new Line(crew, _ => 0) { Stop = stop };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ConnectionTuner(line, () => line.Received, crew, () => false).RunAsync(8, stop.Token));
    }

    // Time passes with each wait, bytes come with the time, and a worker that is not wanted goes.
    private sealed class Line(WorkerPool crew, Func<int, double> rate) : Clock
    {
        private TimeSpan _now;

        public long Received { get; private set; }

        public CancellationTokenSource? Stop { get; init; }

        public TaskCompletionSource End { get; } = new();

        public override TimeSpan GetElapsed() => _now;

        public override Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
        {
            _now += delay;
            Received += (long)(rate(crew.Count) * delay.TotalSeconds);
            crew.TryScaleDown();
            if (_now > TimeSpan.FromMinutes(10))
                Stop?.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }
    }
}
