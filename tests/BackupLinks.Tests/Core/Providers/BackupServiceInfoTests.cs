using BackupLinks.Providers;

namespace BackupLinks.Tests.Core.Providers;

/// <summary>What a service says of itself, and what errors call the items of its requests.</summary>
public sealed class BackupServiceInfoTests
{
    [Fact]
    public void A_service_links_what_it_says_and_never_an_instance() => Assert.All(Clouds.Registry.Services, service =>
    {
        var info = new BackupServiceInfo(service, hasCredential: true);

        Assert.Equal(
            (service.ListsInstances, service.ListsBackups, service.LogKinds.Count > 0),
            (Has(info.Lists, "Instances"), Has(info.Lists, "Backups"), Has(info.Lists, "Logs")));
        Assert.Equal(
            (false, service.LinksBackups, service.LinksLogs),
            (Has(info.Links, "Instances"), Has(info.Links, "Backups"), Has(info.Links, "Logs")));
        Assert.Equal(
            (service.LinkLifetimes?.Least ?? service.LinkLifetime, service.LinkLifetimes?.Most ?? service.LinkLifetime),
            (info.ShortestLifetime, info.LongestLifetime));
        Assert.True(info.HasCredential);
    });

    [Fact]
    public void A_list_is_of_all_instances_or_of_the_one_that_is_wanted()
    {
        var all = RequestItem.Instances("RDS instances", null);
        var one = RequestItem.Instances("RDS instances", "i");

        Assert.Equal(
            (null, "The list of RDS instances", null), (all.Target, all.Subject, all.Ids.InstanceId));
        Assert.Equal(("i", "i"), (one.Target, one.Ids.InstanceId));
        Assert.StartsWith("I", one.Subject);
        Assert.Contains("'i'", one.Subject);
    }

    private static bool Has(string[] words, string word) => System.Array.IndexOf(words, word) >= 0;
}
