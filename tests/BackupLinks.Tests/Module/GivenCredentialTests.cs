using BackupLinks.Secrets;

namespace BackupLinks.Tests.Module;

/// <summary>What a caller gives of the credential.</summary>
public sealed class GivenCredentialTests
{
    [Theory]
    [InlineData(null, null, false, false)]
    [InlineData("s", null, true, true)]
    [InlineData(null, "v", true, false)]
    [InlineData("s", "v", true, true)]
    public void A_vault_alone_says_no_cloud_but_each_of_them_has_its_secret_there(
        string? secretName, string? vault, bool isGiven, bool isOfAnyCloud)
    {
        var given = new GivenCredential(null, secretName, vault);

        Assert.Equal((isGiven, isOfAnyCloud), (given.IsGiven, given.IsOfAnyCloud));
    }
}
