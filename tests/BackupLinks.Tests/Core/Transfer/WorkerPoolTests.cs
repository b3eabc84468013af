using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core.Transfer;

public sealed class WorkerPoolTests
{
    [Fact]
    public async Task Workers_go_when_fewer_are_wanted_and_come_when_more_are()
    {
        var crew = new WorkerPool(4);
        using var work = new SemaphoreSlim(0);
        async Task WorkAsync()
        {
            do
            {
                await work.WaitAsync();
            }
            while (!crew.TryScaleDown());
        }

        for (int i = 0; i < 4; i++)
            Assert.True(crew.Start(WorkAsync));
        crew.TargetCount = 2;
        work.Release(4);
        Assert.True(SpinWait.SpinUntil(() => crew.Count == 2, TestTimeout.Hang));

        crew.TargetCount = 3;
        Assert.True(crew.Start(WorkAsync));
        Assert.Equal(3, crew.Count);
        var end = crew.FinishAsync();
        Assert.False(end.IsCompleted);

        crew.TargetCount = 0;
        work.Release(3);
        await end;
        Assert.False(crew.Start(WorkAsync));
    }

    [Fact]
    public void The_last_worker_is_not_let_go()
    {
        var crew = new WorkerPool(2);
        crew.Start(() => Task.CompletedTask);
        crew.Start(() => Task.CompletedTask);

        Assert.True(crew.TryRemove());
        Assert.False(crew.TryRemove());
        Assert.Equal(1, crew.TargetCount);
    }
}
