using BackupLinks.Catalog;

namespace BackupLinks.Tests.Core.Catalog;

public sealed class CatalogHeadTests
{
    [Fact]
    public void A_path_has_one_number_in_whatever_case_where_the_system_ignores_it()
    {
        Assert.Equal(
            CatalogHead.KeyOf("prod/az@[`{é.bak"u8, ignoresCase: true),
            CatalogHead.KeyOf("Prod/AZ@[`{é.BAK"u8, ignoresCase: true));
        Assert.NotEqual(
            CatalogHead.KeyOf("prod/a"u8, ignoresCase: false), CatalogHead.KeyOf("Prod/a"u8, ignoresCase: false));
        Assert.NotEqual(CatalogHead.KeyOf("a@"u8, ignoresCase: true), CatalogHead.KeyOf("a`"u8, ignoresCase: true));
        Assert.NotEqual(CatalogHead.KeyOf("a["u8, ignoresCase: true), CatalogHead.KeyOf("a{"u8, ignoresCase: true));
    }
}
