using System;
using System.Management.Automation;
using System.Reflection;
using BackupLinks.Formatting;

namespace BackupLinks.Tests.Module;

/// <summary>Properties of objects that a script may have made.</summary>
public sealed class PropertyValueTests
{
    [Theory]
    [InlineData("x", "x")]
    [InlineData(7, "7")]
    [InlineData("", null)]
    [InlineData(" \t", null)]
    [InlineData(null, null)]
    public void A_blank_text_is_none(object? value, string? text)
    {
        var item = With(new PSNoteProperty("P", value));

        Assert.Equal((text, text), (PropertyValue.Text(item, "p"), PropertyValue.TryText(item, "p")));
        Assert.Equal((null, null), (PropertyValue.Text(item, "q"), PropertyValue.TryText(item, "q")));
    }

    [Fact]
    public void A_property_that_fails_has_no_value_unless_its_error_is_wanted()
    {
        var item = With(new PSCodeProperty(
            "P", GetType().GetMethod(nameof(Fail), BindingFlags.Static | BindingFlags.Public)));

        Assert.Null(PropertyValue.Of(item.Properties["P"]));
        Assert.Null(PropertyValue.TryText(item, "P"));
        Assert.Null(PropertyValue.TryTime(item, "P"));
        Assert.ThrowsAny<GetValueException>(() => PropertyValue.Text(item, "P"));
    }

    [Fact]
    public void A_time_is_read_and_anything_else_is_none()
    {
        var time = new DateTimeOffset(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);

        Assert.Equal(time, PropertyValue.TryTime(With(new PSNoteProperty("P", time)), "P"));
        Assert.Null(PropertyValue.TryTime(With(new PSNoteProperty("P", "soon")), "P"));
        Assert.Null(PropertyValue.TryTime(With(new PSNoteProperty("P", time)), "Q"));
    }

    [Fact]
    public void An_address_stays_as_it_was_written()
    {
        const string Written = "https://HOST/%7ea/./b";

        Assert.Equal(Written, PropertyValue.AddressText(new Uri(Written)));
        Assert.Equal(Written, PropertyValue.AddressText(new PSObject(new Uri(Written))));
        Assert.Equal(Written, PropertyValue.AddressText(Written));
        Assert.Null(PropertyValue.AddressText(null));
    }

    [Fact]
    public void Only_the_time_that_is_left_changes_between_two_readings()
    {
        Assert.True(PropertyValue.IsOfTheMoment(new PSNoteProperty("expiresIN", 1)));
        Assert.False(PropertyValue.IsOfTheMoment(new PSNoteProperty("ExpiresAt", 1)));
    }

    /// <summary>A property of a script.</summary>
    public static string Fail(PSObject item) => throw new InvalidOperationException($"not {item.TypeNames.Count}");

    private static PSObject With(PSPropertyInfo property)
    {
        var item = new PSObject();
        item.Properties.Add(property);
        return item;
    }
}
