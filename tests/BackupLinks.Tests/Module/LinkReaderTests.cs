using System;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using BackupLinks.Errors;
using BackupLinks.Links;

namespace BackupLinks.Tests.Module;

/// <summary>Objects in the pipeline that are to be links.</summary>
public sealed class LinkReaderTests
{
    private const string Address = "https://store.example/b/dump.rdb";
    private const string Signed =
        Address + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260115T030000Z&X-Amz-Expires=3600&X-Amz-Signature=a";

    private readonly LinkReader _reader = new(Clouds.Registry.LinkKinds, renewer: null);

    [Theory]
    [InlineData(2048L, false, 1024)]
    [InlineData(2048L, true, 1)]
    [InlineData(2049L, false, 1)]
    [InlineData(0L, false, 1024)]
    [InlineData(null, false, 1)]
    public void A_size_of_a_table_that_is_whole_KB_may_be_rounded(object? size, bool isTyped, long unit)
    {
        var source = _reader.Read(Row(("Uri", Address), ("Size", size)), null, isTyped);

        Assert.Equal((size, unit), (source.Size, source.SizeUnit));
    }

    [Fact]
    public void The_expiry_that_was_signed_counts_for_text_and_the_object_s_own_for_a_time()
    {
        var signed = new DateTimeOffset(2026, 1, 15, 4, 0, 0, TimeSpan.Zero);
        var own = signed.AddDays(1);

        Assert.Equal(own, Expiry(Signed, own));
        Assert.Equal(own, Expiry(Signed, new PSObject(own)));
        Assert.Equal(signed, Expiry(Signed, own.ToString("o", CultureInfo.InvariantCulture)));
        Assert.Equal(signed, Expiry(Signed, new PSObject("2026-01-16T04:00:00Z")));
        Assert.Equal(signed, Expiry(Signed, null));
        Assert.Equal(own, Expiry(Address, own.ToString("o", CultureInfo.InvariantCulture)));
        Assert.Null(Expiry(Address, null));
    }

    [Fact]
    public void The_ids_and_the_details_are_those_of_the_object()
    {
        var start = new DateTimeOffset(2026, 1, 15, 3, 0, 0, TimeSpan.Zero);
        var source = _reader.Read(
            Row(("Uri", Address), ("InstanceId", "i"), ("BackupId", "b"), ("LogId", "l"), ("InstanceName", "n"),
                ("StartTime", start), ("EndTime", start.AddHours(1)), ("Service", "HuaweiCloud.Rds"), ("Region", "r"),
                ("Engine", "MySQL"), ("BackupKind", "Full"), ("BackupType", "auto"), ("BackupPart", "p"),
                ("FileCount", "3"), ("Endpoint", "https://api.example")),
            null, isTyped: false);

        Assert.Equal(
            ("i", "b", "l", "n", start),
            (source.Ids.InstanceId, source.Ids.BackupId, source.Ids.LogId, source.Ids.InstanceName,
                source.Ids.BackupTime));
        Assert.Equal(
            ("HuaweiCloud", "HuaweiCloud.Rds", "r", "MySQL", "Full", "auto", "p", start.AddHours(1), 3),
            (source.Details.Cloud, source.Details.Service, source.Details.Region, source.Details.Engine,
                source.Details.Kind, source.Details.Type, source.Details.Part, source.Details.EndTime,
                source.Details.FileCount));
        Assert.Equal(new Uri("https://api.example"), source.Service);
        Assert.Null(source.Renew);
    }

    [Fact]
    public void A_time_of_the_backup_comes_before_that_of_its_start_and_other_values_are_not_known()
    {
        var source = _reader.Read(
            Row(("Uri", Address), ("BackupTime", DateTimeOffset.UnixEpoch), ("StartTime", DateTimeOffset.MaxValue),
                ("Service", "Nobody.Knows"), ("FileCount", "many"), ("Endpoint", "api.example"), ("Region", " ")),
            null, isTyped: false);

        Assert.Equal(DateTimeOffset.UnixEpoch, source.Ids.BackupTime);
        Assert.Equal(
            (null, null, null, null, null),
            (source.Details.Cloud, source.Details.Service, source.Details.FileCount, source.Details.Region,
                source.Service));
    }

    [Fact]
    public void What_is_not_a_link_is_said_to_be_what_it_is()
    {
        Assert.Equal(
            "'dump.rdb' is not the address of a file; an address begins with https://.",
            Problem(PSObject.AsPSObject("dump.rdb")));
        Assert.Equal(
            "An object of type System.Management.Automation.PSCustomObject has no property Uri; pipe links of this "
                + "module, or objects with the properties Uri and FileName.",
            Problem(Row(("Name", "x"))));
        Assert.StartsWith(
            "An object of type System.Management.Automation.PSCustomObject has no address in its property Uri; ",
            Problem(Row(("Uri", " "))));
        var instance = Row(("Id", "x"));
        instance.TypeNames.Insert(0, "Deserialized.BackupLinks.HuaweiCloud.Dcs.DcsInstance");
        Assert.StartsWith(
            "An object in the pipeline is not a link: this is a DcsInstance; use Get-DcsBackup", Problem(instance));
        instance.Properties.Add(new PSNoteProperty("Uri", "x"));
        Assert.StartsWith("'x' is not the address of a file", Problem(instance));
    }

    [Fact]
    public void A_property_that_fails_is_an_error_of_its_link()
    {
        var item = Row(("Uri", Address));
        item.Properties.Add(new PSCodeProperty(
            "FileName", GetType().GetMethod(nameof(Fail), BindingFlags.Static | BindingFlags.Public)));

        Assert.StartsWith(
            "A property of an object of type System.Management.Automation.PSCustomObject cannot be read (",
            Problem(item));
    }

    /// <summary>A property of a script.</summary>
    public static string Fail(PSObject item) => throw new InvalidOperationException($"not {item.TypeNames.Count}");

    private DateTimeOffset? Expiry(string address, object? value) =>
        _reader.Read(Row(("Uri", address), ("ExpiresAt", value)), null, isTyped: false).ExpiresAt;

    private string Problem(PSObject item)
    {
        var error = Assert.Throws<BackupLinksException>(() => _reader.Read(item, null, isTyped: false));
        Assert.Equal(ErrorKind.InvalidLink, error.Kind);
        return error.Message;
    }

    private static PSObject Row(params (string Name, object? Value)[] properties)
    {
        var row = new PSObject();
        foreach (var (name, value) in properties)
            row.Properties.Add(new PSNoteProperty(name, value));
        return row;
    }
}
