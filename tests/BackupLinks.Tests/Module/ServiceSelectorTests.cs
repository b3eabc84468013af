using System;
using System.Linq;
using BackupLinks.Errors;
using BackupLinks.FrontDoor;

namespace BackupLinks.Tests.Module;

/// <summary>Services by what people type.</summary>
public sealed class ServiceSelectorTests
{
    private readonly ServiceSelector _selector = new(Clouds.Registry);

    [Theory]
    [InlineData("HuaweiCloud.Rds", "HuaweiCloud.Rds")]
    [InlineData("huaweicloud.rds", "HuaweiCloud.Rds")]
    [InlineData("rds", "HuaweiCloud.Rds AlibabaCloud.Rds")]
    [InlineData("capitalonline", "CapitalOnline.Redis CapitalOnline.MySql")]
    [InlineData("cds", "CapitalOnline.Redis")]
    [InlineData("*cloud.rds", "HuaweiCloud.Rds AlibabaCloud.Rds")]
    [InlineData("R?S", "HuaweiCloud.Rds AlibabaCloud.Rds")]
    [InlineData("capital*", "CapitalOnline.Redis CapitalOnline.MySql")]
    public void A_name_is_a_key_or_a_cloud_or_a_name_that_several_clouds_have(string name, string keys) =>
        Assert.Equal(keys.Split(' '), _selector.Find(name).Select(service => service.Key));

    [Fact]
    public void Several_names_are_their_services_each_once_in_the_order_of_the_registry()
    {
        Assert.Equal(Clouds.Registry.Services, _selector.Select([]));
        Assert.Equal(
            ["HuaweiCloud.Rds", "AlibabaCloud.Rds"],
            _selector.Select(["AlibabaCloud.Rds", "Rds"]).Select(service => service.Key));
    }

    [Fact]
    public void One_service_is_not_several()
    {
        Assert.Equal("HuaweiCloud.Rds", _selector.SelectOne("HuaweiCloud.Rds").Key);

        var error = Assert.Throws<BackupLinksException>(() => _selector.SelectOne("Rds"));

        Assert.Equal(ErrorKind.UnknownService, error.Kind);
        Assert.Equal(
            "'Rds' stands for 2 services (HuaweiCloud.Rds, AlibabaCloud.Rds); name one of them.", error.Message);
    }

    [Theory]
    [InlineData("HuaweiCloud.Rsd", "did you mean HuaweiCloud.Rds")]
    [InlineData("NoCloudAtAll.Gausdb", "did you mean HuaweiCloud.GaussDb?")]
    [InlineData("something-else-altogether", "the known ones are HuaweiCloud.")]
    [InlineData("x*y", "the known ones are HuaweiCloud.")]
    public void A_name_that_no_service_has_is_told_with_the_nearest_ones(string name, string advice)
    {
        var error = Assert.Throws<BackupLinksException>(() => _selector.Find(name));

        Assert.Equal(ErrorKind.UnknownService, error.Kind);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }
}
