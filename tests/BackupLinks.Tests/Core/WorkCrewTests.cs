using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;
using BackupLinks.Transfer;

namespace BackupLinks.Tests.Core;

public sealed class WorkCrewTests
{
    [Fact]
    public async Task Workers_go_when_fewer_are_wanted_and_come_when_more_are()
    {
        var crew = new WorkCrew(4);
        using var work = new SemaphoreSlim(0);
        async Task WorkAsync()
        {
            do
            {
                await work.WaitAsync();
            }
            while (!crew.TryRetire());
        }

        for (int i = 0; i < 4; i++)
            Assert.True(crew.Hire(WorkAsync));
        crew.Wanted = 2;
        work.Release(4);
        Assert.True(SpinWait.SpinUntil(() => crew.Count == 2, TestTimeout.Hang));

        crew.Wanted = 3;
        Assert.True(crew.Hire(WorkAsync));
        Assert.Equal(3, crew.Count);
        var end = crew.FinishAsync();
        Assert.False(end.IsCompleted);

        crew.Wanted = 0;
        work.Release(3);
        await end;
        Assert.False(crew.Hire(WorkAsync));
    }

    [Fact]
    public void The_last_worker_is_not_let_go()
    {
        var crew = new WorkCrew(2);
        crew.Hire(() => Task.CompletedTask);
        crew.Hire(() => Task.CompletedTask);

        Assert.True(crew.TryDismiss());
        Assert.False(crew.TryDismiss());
        Assert.Equal(1, crew.Wanted);
    }
}
