using BackupLinks.HuaweiCloud.Databases;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

public sealed class DatabaseLogIdTests
{
    [Theory]
    [InlineData("error", "error", null)]
    [InlineData("slow/node-1", "slow", "node-1")]
    [InlineData("slow/a/b", "slow", "a/b")]
    [InlineData("audit/id-1", "audit", "id-1")]
    [InlineData("id-1", "audit", "id-1")]
    [InlineData("slow/", "audit", "slow/")]
    [InlineData("other/id-1", "audit", "other/id-1")]
    public void An_id_that_begins_with_no_kind_is_that_of_an_audit_log(string text, string kind, string? name)
    {
        var id = DatabaseLogId.Parse(text, DatabaseLogId.Error, DatabaseLogId.Slow, DatabaseLogId.Audit);

        Assert.Equal((kind, name), (id.Kind, id.Name));
    }

    [Fact]
    public void Without_audit_logs_it_is_one_of_the_first_kind() =>
        Assert.Equal("error/id-1", DatabaseLogId.Parse("id-1", DatabaseLogId.Error, DatabaseLogId.Slow).ToString());
}
