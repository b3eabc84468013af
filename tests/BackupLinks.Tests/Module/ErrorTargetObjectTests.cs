using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Formatting;
using BackupLinks.Links;

namespace BackupLinks.Tests.Module;

/// <summary>The shape of an object that an error holds.</summary>
public sealed class ErrorTargetObjectTests
{
    [Fact]
    public void An_object_in_an_object_is_text_from_the_ninth_on()
    {
        object value = "innermost";
        for (int depth = 0; depth < 20; depth++)
            value = Row(("In", value));

        Assert.Equal(8, CountLevels(ErrorTarget.Of(value)));
    }

    [Fact]
    public void A_list_in_a_list_is_text_from_the_ninth_on()
    {
        object value = "innermost";
        for (int depth = 0; depth < 20; depth++)
            value = new[] { value };

        Assert.Equal(8, CountLevels(ErrorTarget.Of(value)));
    }

    [Fact]
    public void A_table_in_a_table_is_text_from_the_ninth_on()
    {
        object value = "innermost";
        for (int depth = 0; depth < 20; depth++)
            value = new Hashtable { ["In"] = value };

        Assert.Equal(8, CountLevels(ErrorTarget.Of(value)));
    }

    [Fact]
    public void Names_of_properties_are_printable_and_each_is_there_once()
    {
        var target = Assert.IsType<PSObject>(ErrorTarget.Of((object)Row(("\u202e", 1), ("a\u202e", 2), ("a", 3))));

        Assert.Equal([("a", 2)], target.Properties.Select(property => (property.Name, (int)property.Value)));
    }

    [Fact]
    public void A_name_that_is_an_address_is_without_its_query() =>
        Assert.Equal(
            "https://h.example/a",
            Assert.IsType<PSObject>(ErrorTarget.Of((object)Row(("https://h.example/a?Signature=SecretSecret", 1))))
                .Properties.Single().Name);

    [Fact]
    public void Nothing_under_the_name_of_a_secret_stays_nothing()
    {
        var target = Assert.IsType<PSObject>(ErrorTarget.Of((object)Row(("Password", ""), ("Token", null))));

        Assert.Equal("", target.Properties["Password"].Value);
        Assert.Null(target.Properties["Token"].Value);
    }

    [Fact]
    public void The_keys_of_a_table_are_found_in_any_case() =>
        Assert.Equal(1, Assert.IsType<Hashtable>(ErrorTarget.Of(new Hashtable { ["FileName"] = 1 }))["filename"]);

    [Theory]
    [InlineData("", "Deserialized.BackupLinks.Links.DownloadLink")]
    [InlineData("Deserialized.", "Deserialized.BackupLinks.Links.DownloadLink")]
    [InlineData("Deserialized.\u202e", "Deserialized.BackupLinks.Links.DownloadLink")]
    public void A_link_is_one_that_was_read_back(string prefix, string expected)
    {
        var row = Row(("Uri", "https://h.example/a"));
        row.TypeNames.Insert(0, prefix + typeof(DownloadLink).FullName);

        var target = Assert.IsType<PSObject>(ErrorTarget.Of((object)row));

        Assert.Equal(expected, target.TypeNames[0]);
        Assert.DoesNotContain("Deserialized.Deserialized.", string.Join(' ', target.TypeNames));
        Assert.DoesNotContain(
            "Deserialized.", Assert.IsType<PSObject>(ErrorTarget.Of((object)Row(("a", 1)))).TypeNames[0]);
    }

    [Fact]
    public void A_list_within_an_object_stays_a_list_whatever_else_it_has()
    {
        var list = new PSObject(new object[] { 1 });
        list.Properties.Add(new PSNoteProperty("Uri", "https://h.example/a"));

        var target = Assert.IsType<PSObject>(ErrorTarget.Of((object)Row(("List", list))));

        Assert.Equal([1], Assert.IsType<object[]>(target.Properties["List"].Value));
    }

    [Fact]
    public void An_object_of_another_library_is_text_within_another_one()
    {
        var target = Assert.IsType<PSObject>(
            ErrorTarget.Of((object)Row(("Builder", new UriBuilder("https://h.example/a")))));

        Assert.Equal("https://h.example/a", target.Properties["Builder"].Value);
    }

    [Fact]
    public void The_target_has_the_name_that_its_file_got()
    {
        var row = Row(("FileName", "a.rdb"));

        Assert.Equal("a-2.rdb", ((PSObject)ErrorTarget.Of(row, "a-2.rdb")).Properties["FileName"].Value);
        Assert.Equal("a.rdb", ((PSObject)ErrorTarget.Of(row, null)).Properties["FileName"].Value);
        Assert.Null(((PSObject)ErrorTarget.Of(Row(("a", 1)), "a-2.rdb")).Properties["FileName"]);
    }

    [Fact]
    public void The_lines_of_a_text_stay_and_each_is_printable() =>
        Assert.Equal("a\nb", ErrorTarget.Of("a\u202e\nb\u001b"));

    private static PSObject Row(params (string Name, object? Value)[] properties)
    {
        var row = new PSObject();
        foreach (var (name, value) in properties)
            row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }

    private static int CountLevels(object? value) => value switch
    {
        PSObject row => 1 + CountLevels(row.Properties["In"].Value),
        Hashtable table => 1 + CountLevels(table["In"]),
        object[] list => 1 + CountLevels(list[0]),
        _ => 0,
    };
}
