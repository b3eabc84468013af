using System.Threading.Tasks;
using BackupLinks.CapitalOnline;
using BackupLinks.Errors;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.CapitalOnline;

/// <summary>What is true of every service of Capital Online, and of no other cloud.</summary>
public sealed class CapitalOnlineTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    public static TheoryData<string> Links => RequestCase.Names(request =>
        request.Kind is not null && request.Service.Provider == CapitalOnlineProvider.Instance);

    [Theory, MemberData(nameof(Links))]
    public async Task Unfinished_backup_has_no_addresses_and_is_told_with_its_state(string name)
    {
        var (reading, _) = await SendAsync(RequestCase.Find(name), """
            {"Code":"Success","Message":"success","Data":{"BackupDownloadUrl":"","BackupIntranetDownloadUrl":"",
            "Status":"running"},"TaskId":""}
            """);

        Assert.Contains(
            "whose state is 'running'", reading.AssertFailed<ApiException>(ErrorKind.InvalidRequest).Message);
    }
}
