using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Formatting;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

/// <summary>
/// The invariant: however the target of an error is looked at, it has no query of an address, and no secret by name.
/// </summary>
public sealed class ErrorTargetTests : SaveTest
{
    private const string Leak = "LEAKEDSIGNATURE1";
    private const string Link = $"https://h.example/a.rdb?Expires=1893456000&Signature={Leak}";

    public static TheoryData<string> Values => [.. All().Keys];

    [Theory, MemberData(nameof(Values))]
    public void No_value_of_any_property_is_an_address_with_its_query(string kind)
    {
        foreach (string name in new[] { "Uri", "Href", "x", "Description", "0" })
        {
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty(name, All()[kind]));
            row.Properties.Add(new PSNoteProperty("FileName", "../no"));

            AssertClean(ErrorTarget.Of(row)!);
        }
    }

    [Theory]
    [InlineData("ftp://h/x?sig=", "ftp://h/x")]
    [InlineData("http://127.0.0.1:99999/x?sig=", "http://127.0.0.1:99999/x")]
    [InlineData("s3://bucket/key#", "s3://bucket/key")]
    public void What_is_meant_as_an_address_has_no_query_either(string address, string shown) =>
        Assert.Equal(shown, ErrorTarget.Of(address + Leak));

    [Theory]
    [InlineData("http://127.0.0.1:99999/x?sig=")]
    [InlineData("http:// 127.0.0.1/x?sig=")]
    public void An_address_that_is_none_is_an_error_without_it(string address)
    {
        var result = Module.Run(
            "param($uri, $folder) try { Save-BackupFile -Uri $uri -Destination $folder } "
                + "catch { \"$_\"; [Management.Automation.PSSerializer]::Serialize($_, 5) }",
            address + Leak, Folder);

        string shown = string.Join("\n", result.Output);
        Assert.Contains("The address is not valid; check its host and its port", shown);
        Assert.DoesNotContain(Leak, shown);
    }

    [Theory, MemberData(nameof(Values))]
    public void Targets_of_commands_are_clean_in_every_view(string kind)
    {
        var row = Row(Put("a.rdb", 10));
        row.Properties["FileName"].Value = "../no";
        row.Properties.Add(new PSNoteProperty("Anything", All()[kind]));

        var result = Module.Run(
            """
            param($row, $folder)
            $row | Save-BackupFile -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failed
            $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
            $row | Export-BackupLink "$folder.jsonl" @quiet -ErrorVariable +failed
            $failed.Count
            [Management.Automation.PSSerializer]::Serialize($failed.TargetObject, 20)
            $failed | ForEach-Object {
                $_.TargetObject | Out-Default; $_ | Out-Default; "$($_.TargetObject)"; "$($_.CategoryInfo)"
            }
            """,
            row, Folder);

        Assert.Equal((6, 2), (result.Output.Count, result.Output[0].BaseObject));
        Assert.Empty(result.Errors);
        string shown = Module.Screen + string.Join("\n", result.Output);
        Assert.Contains("../no", shown);
        Assert.DoesNotContain(Leak, shown);
        Assert.DoesNotContain("Signature=", shown);
    }

    [Theory]
    [InlineData("GET https://h.example/x?Signature=s3cr3t", "GET https://h.example/x", null)]
    [InlineData("outer", "outer", "GET https://h.example/x?Signature=s3cr3t")]
    public void Unexpected_error_has_no_secret_in_its_message_or_in_its_causes(
        string message, string shown, string? cause)
    {
        var error = new InvalidOperationException(message, cause is null ? null : new InvalidOperationException(cause));

        var record = error.ToUnexpectedErrorRecord(null);

        Assert.Equal("UnexpectedError", record.FullyQualifiedErrorId);
        Assert.StartsWith(shown, record.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", record.Exception.ToString());
    }

    [Fact]
    public void Unexpected_error_without_a_secret_keeps_its_cause()
    {
        var error = new InvalidOperationException("outer", new InvalidOperationException("inner"));

        Assert.Same(error, error.ToUnexpectedErrorRecord(null).Exception);
    }

    [Fact]
    public void An_id_that_is_an_address_is_a_target_without_its_query()
    {
        var result = Run(
            $"'{Link}' | Get-DcsBackupLink @h {DcsInstanceId}; Get-CdsBackupDownload @o i '{Link}'; Get-DcsBackup @h "
                + $"'{Link}'");

        Assert.Equal(3, result.Errors.Count);
        Assert.All(
            result.Errors,
            error => Assert.DoesNotContain(Leak, error + "\n" + error.TargetObject + "\n" + error.CategoryInfo));
    }

    [Fact]
    public void What_is_no_secret_stays_as_it_is()
    {
        var time = DateTimeOffset.UnixEpoch;
        var row = new PSObject();
        foreach (object value in new object[] { 42L, true, time, ConsoleColor.Red, Guid.Empty, "a plain text?",
        "cn-north-4" })
            row.Properties.Add(new PSNoteProperty("P" + value.GetType().Name + row.Properties.Count(), value));
        row.Properties.Add(new PSNoteProperty("SecretName", "Mine"));

        var target = (PSObject)ErrorTarget.Of(row)!;

        Assert.Equal(
            row.Properties.Select(property => property.Value), target.Properties.Select(property => property.Value));
        Assert.Equal("id-1", ErrorTarget.Of("id-1"));
        Assert.Null(ErrorTarget.Of(null));
    }

    [Theory]
    [InlineData("Signature")]
    [InlineData("x-amz-security-token")]
    [InlineData("SecretKey")]
    [InlineData("Password")]
    [InlineData("AccessKeyId")]
    public void A_value_that_is_named_like_a_secret_is_masked(string name)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty(name, Leak));

        AssertClean(ErrorTarget.Of(row)!);
        AssertClean(ErrorTarget.Of(new Hashtable { [name] = Leak })!);
    }

    [Fact]
    public void An_address_without_a_host_stays_as_it_is_but_for_its_query() =>
        Assert.Equal("urn:example:1", ErrorTarget.Of((object)new Uri($"urn:example:1?Signature={Leak}")));

    [Fact]
    public void A_list_that_says_where_a_file_is_stays_an_object()
    {
        var row = new PSObject(new object[] { 1 });
        row.Properties.Add(new PSNoteProperty("Uri", Link));

        var target = Assert.IsType<PSObject>(ErrorTarget.Of((object)row));

        Assert.Equal("https://h.example/a.rdb", target.Properties["Uri"].Value);
    }

    [Fact]
    public void An_object_that_holds_itself_comes_to_an_end()
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Self", row));
        row.Properties.Add(new PSNoteProperty("Uri", Link));

        AssertClean(ErrorTarget.Of(row)!);
    }

    private static void AssertClean(object target)
    {
        string text = PSSerializer.Serialize(target, 20);
        Assert.DoesNotContain(Leak, text);
    }

    private static Dictionary<string, object> All()
    {
        var nested = new PSObject();
        nested.Properties.Add(
            new PSNoteProperty("Deep", new Hashtable { ["Deeper"] = new object[] { new Uri(Link) } }));
        return new Dictionary<string, object>
        {
            ["text"] = Link,
            ["text that has an address in it"] = $"see <{Link}>, or else",
            ["JSON"] = "{\"link\":\"" + Link.Replace("/", "\\/") + "\"}",
            ["an address with blanks"] = $"https://h.example/a?name=x y&Signature={Leak}",
            ["an address that quotes"] = $"https://h.example/a?name='x'&token={Leak}",
            ["an address with an invisible character"] = $"see ht\u200Btps://h.example/a?x={Leak}",
            ["another scheme"] = $"obs://bucket/a?x={Leak}",
            ["a user and a password"] = $"https://user:{Leak}@h.example/a",
            ["an address"] = new Uri(Link),
            ["a relative address"] = new Uri($"/a?Signature={Leak}", UriKind.Relative),
            ["an array"] = new object[] { 1, Link },
            ["a list of addresses"] = new List<Uri> { new(Link) },
            ["a hashtable"] = new Hashtable { ["x"] = Link },
            ["a hashtable by address"] = new Hashtable { [Link] = 1 },
            ["an object in a table in an array"] = nested,
            ["a wrapped address"] = new PSObject(new Uri(Link)),
            ["another library's object"] = new UriBuilder(Link),
        };
    }
}
