using System.Text.Json;
using BackupLinks.HuaweiCloud.Databases;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Dds;

namespace BackupLinks.Tests.Providers.HuaweiCloud;

/// <summary>JSON of another request, or of a gateway, is not a response.</summary>
public sealed class ResponseShapeTests
{
    [Theory]
    [InlineData("""{"files":[],"bucket":"b"}""", true)]
    [InlineData("""{"files":[]}""", true)]
    [InlineData("""{"bucket":"b"}""", true)]
    [InlineData("""{"group_id":"g"}""", false)]
    [InlineData("{}", false)]
    public void A_list_of_files_has_files_or_a_bucket(string json, bool isComplete)
    {
        Assert.Equal(isComplete, JsonSerializer.Deserialize(json, DdsJson.Default.DdsFilesResponse)!.IsComplete);
        var files = JsonSerializer.Deserialize(json, DatabaseFilesJson.Default.DatabaseFilesResponse)!;
        Assert.Equal(isComplete, files.IsComplete);
    }

    [Theory]
    [InlineData("""{"links":[]}""", true)]
    [InlineData("""{"bucket_name":"b"}""", true)]
    [InlineData("""{"file_path":"p"}""", true)]
    [InlineData("""{"message":"m"}""", false)]
    [InlineData("{}", false)]
    public void A_list_of_links_has_links_a_bucket_or_a_path(string json, bool isComplete) =>
        Assert.Equal(isComplete, JsonSerializer.Deserialize(json, DcsJson.Default.DcsLinksResponse)!.IsComplete);

    [Theory]
    [InlineData("""{"link":"https://h.example/a"}""", true)]
    [InlineData("""{"id":"i"}""", true)]
    [InlineData("""{"backup_id":"i"}""", true)]
    [InlineData("""{"message":"m"}""", false)]
    public void A_link_to_a_log_has_a_link_or_an_id(string json, bool isComplete) =>
        Assert.Equal(isComplete, JsonSerializer.Deserialize(json, DcsJson.Default.DcsLogLinkResponse)!.IsComplete);
}
