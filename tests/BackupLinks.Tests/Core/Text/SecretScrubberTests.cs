using System;
using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Tests.Isolation;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Text;

public sealed class SecretScrubberTests
{
    private const string Leak = "s3cr3t";

    [Theory]
    [InlineData("GET https://h/x?AWSAccessKeyId=a&Signature=s3cr3t failed")]
    [InlineData("{\"link\":\"https:\\/\\/h\\/x?Signature=s3cr3t")]
    [InlineData("{\"link\":\"https://h/x?Expires=1\\u0026Signature\\u003ds3cr3t\"}")]
    [InlineData("<Error><Url>http://h/x?a=1&amp;Signature=s3cr3t</Url></Error>")]
    [InlineData("Signature=s3cr3t")]
    [InlineData("next=https%3A%2F%2Fh%2Fx%3FSignature%3Ds3cr3t")]
    [InlineData("X-Auth-Token: s3cr3t")]
    [InlineData("{\"SecretKey\": \"s3cr3t\"}")]
    [InlineData("password = 's3cr3t'")]
    [InlineData("x-amz-security-token=s3cr3t&x=1")]
    [InlineData("Authorization: SDK-HMAC-SHA256 Access=AK, SignedHeaders=host, Signature=s3cr3t")]
    [InlineData("http://user:s3cr3t@h/x")]
    [InlineData("{\"signature\":\"ab\\/s3cr3t\"}")]
    [InlineData("{\"signature\":\"ab\\u002Bs3cr3t\"}")]
    [InlineData("Proxy-Authorization: Basic s3cr3t")]
    [InlineData("{\"headers\":{\"Authorization\":[\"Bearer s3cr3t\"]}}")]
    [InlineData("authorization: Digest username=\"me\", response=\"s3cr3t\"")]
    public void Secret_is_taken_out_wherever_it_stands(string text) =>
        Assert.DoesNotContain(Leak, new SecretScrubber().Scrub(text));

    [Fact]
    public void Known_secret_is_taken_out_plain_and_encoded()
    {
        var scrubber = new SecretScrubber("p&ss/w=rd");

        Assert.Equal("it was *** or ***", scrubber.Scrub("it was p&ss/w=rd or p%26ss%2Fw%3Drd"));
    }

    [Theory]
    [InlineData("SKPERMsecret/0001+x=")]
    [InlineData("SKPERMsecret%2F0001%2Bx%3D")]
    [InlineData("SKPERMsecret%2f0001%2bx%3d")]
    [InlineData("SKPERMsecret\\/0001+x=")]
    [InlineData("SKPERMsecret/0001\\u002Bx=")]
    [InlineData("SKPERMsecret/0001\\u002bx=")]
    [InlineData("U0tQRVJNc2VjcmV0LzAwMDEreD0=")]
    public void Known_secret_is_taken_out_in_any_spelling(string spelling)
    {
        var scrubber = new SecretScrubber();
        scrubber.Learn("SKPERMsecret/0001+x=");

        Assert.Equal("[***]", scrubber.Scrub("[" + spelling + "]"));
    }

    [Fact]
    public async Task Long_text_is_scrubbed_in_a_time_that_grows_with_its_length()
    {
        string text = new('a', 10_000_000);

        // Quadratic backtracking takes minutes for a tenth of it.
        string excerpt = await Task.Run(() => new SecretScrubber("a-secret-of-mine").Excerpt(text, 120)).WaitAsync(
            TestTimeout.Hang);

        Assert.Equal(123, excerpt.Length);
    }

    [Theory]
    [InlineData("http://", "")]
    [InlineData("https:\\/\\/", " ")]
    [InlineData(" ", "<", "authorization:")]
    [InlineData(" ", "<", "token=")]
    [InlineData("x-", "", "")]
    [InlineData("token", "", "")]
    public async Task Text_that_begins_like_a_secret_again_and_again_stays_and_takes_no_longer(
        string part, string end, string begin = "")
    {
        string text = begin + string.Concat(Enumerable.Repeat(part, 1_000_000)) + end;

        // Quadratic backtracking takes hours.
        string scrubbed = await Task.Run(() => new SecretScrubber().Scrub(text)).WaitAsync(TestTimeout.Hang);

        Assert.Equal(text, scrubbed);
    }

    [Theory]
    [InlineData("The backup does not exist.")]
    [InlineData("verify aksk signature fail")]
    [InlineData("policy user over ratelimit,limit:600,time:1 minute")]
    public void Ordinary_words_stay(string text) =>
        Assert.Equal(text, new SecretScrubber("a-secret-of-mine").Scrub(text));

    [Theory]
    [InlineData("  a  b ", 40, "a b")]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abcd...")]
    [InlineData("abc d", 4, "abc...")]
    [InlineData("", 4, "")]
    public void Excerpt_keeps_words_apart_and_ends_at_its_length(string text, int length, string excerpt) =>
        Assert.Equal(excerpt, new SecretScrubber().Excerpt(text, length));

    [Fact]
    public void Excerpt_is_one_printable_line()
    {
        string excerpt = new SecretScrubber().Excerpt(
            "\u001b[31m<html>\r\n\t<body>\u202E  hello\0 world" + new string('x', 500), 40);

        Assert.Equal("[31m<html> <body> hello worldxxxxxxxxxxx...", excerpt);
    }

    [Fact]
    public void A_secret_has_four_characters_at_least_and_is_known_once()
    {
        var scrubber = new SecretScrubber("abc", "wxyz", null, "wxyz");

        Assert.Equal("abc ***", scrubber.Scrub("abc wxyz"));
        Assert.Equal(1, scrubber.KnownCount);
    }

    [Fact]
    public void A_secret_that_begins_with_another_one_is_taken_out_whole() =>
        Assert.Equal("*** ***", new SecretScrubber("first", "first-second").Scrub("first-second first"));

    [Theory]
    [InlineData("a<b>&\"c", "a&lt;b&gt;&amp;&quot;c")]
    [InlineData("top/s+cret", "top\\/s\\u002Bcret")]
    [InlineData("top\"secret", "top\\u0022secret")]
    public void A_secret_that_was_escaped_is_taken_out(string secret, string spelling) =>
        Assert.Equal("[***]", new SecretScrubber(secret).Scrub("[" + spelling + "]"));

    [Theory]
    [InlineData("?a=123456789012&b=12345678901", "123456789012", "***")]
    [InlineData("?a=123456789012&b=12345678901", "12345678901", "12345678901")]
    [InlineData("?link=k%3Dinner-secret-1%26n%3Dinner-secret-2", "inner-secret-2", "***")]
    [InlineData("?link=k%3Dinner-secret-1%26n%3Dinner-secret-2", "inner-secret-1", "***")]
    [InlineData("?path=%2Fbucket%2Fsecret-at-end", "secret-at-end", "***")]
    [InlineData("?path=%2Fbucket%2Fsecret-at-end", "/bucket/secret-at-end", "***")]
    [InlineData("?a=twice%2Fencoded%2Bone", "twice%2Fencoded%2Bone", "***")]
    [InlineData("?a=123456789012", "secret-of-mine", "***")]
    public void What_is_said_of_a_request_has_no_value_of_its_query(string query, string text, string scrubbed)
    {
        var scrubber = new SecretScrubber("secret-of-mine").ForRequests([new Uri("https://h/x" + query)]);

        Assert.Equal($"it was [{scrubbed}]", scrubber.Scrub($"it was [{text}]"));
    }

    [Theory]
    [InlineData("SECRETsig abc/def==")]
    [InlineData("SECRETsig%20abc%2Fdef%3D%3D")]
    [InlineData("SECRETsig+\n   abc/def==")]
    [InlineData("SECRETsig+ab\r\nc/def==")]
    [InlineData("SECRETsig+abc\u2028/def==")]
    [InlineData("SECRETsig+\u200Babc/def==")]
    [InlineData("SECRETsig+abc\u0001/d\u202Eef==")]
    [InlineData("SECRETsig+abc\uDB40\uDC41/def==")]
    [InlineData("secretSIG+ABC/def==")]
    [InlineData("SECRETsig+abc/def")]
    [InlineData("53 45 43 52 45 54 73 69 67 2B 61 62 63 2F 64 65 66 3D 3D")]
    [InlineData("U0VDUkVUc2lnK2FiYy9kZWY9PQ")]
    public void A_value_that_comes_back_changed_is_taken_out_whole(string echo)
    {
        string text = $"bad [{echo}] sent";
        foreach (string query in new[] { "?Signature=SECRETsig%2Babc%2Fdef%3D%3D", "?Signature=SECRETsig+abc/def==" })
        {
            var scrubber = new SecretScrubber().ForRequests([new Uri("https://h/x" + query)]);

            Assert.Equal("bad [***] sent", scrubber.Scrub(text));
            Assert.Equal("bad [***] sent", scrubber.Excerpt(text, 80));
        }
    }

    [Theory]
    [InlineData("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "0A1B2C3D4E5F60718293A4B5C6D7E8F9")]
    [InlineData("0A1B2C3D4E5F60718293A4B5C6D7E8F9", "0a1b2c3d4e5f60718293a4b5c6d7e8f9")]
    [InlineData("p+ss", "P ss")]
    [InlineData("p+ss", "p\u200B+ss")]
    [InlineData("+abcdefghijklmnop+", "+abcdefghijklmnop+")]
    [InlineData("aaaaaaaaaaaaaaaa-first", "aaaaaaaaaaaaaaaaaaaaaa-first")]
    public void A_secret_is_taken_out_whatever_its_case_and_its_plus_signs(string secret, string echo) =>
        Assert.DoesNotContain(
            echo.Trim('+', 'a'), new SecretScrubber(secret).Scrub($"bad [{echo}] sent"), StringComparison.Ordinal);

    [Theory]
    [InlineData("++++++++++++++")]
    [InlineData("+a++")]
    public void A_secret_of_plus_signs_makes_no_blank_a_secret(string secret) =>
        Assert.Equal("a b + c ***", new SecretScrubber(secret).Scrub("a b + c " + secret));

    [Theory]
    [InlineData("bad abcdefghijkl... sent", "bad ***... sent")]
    [InlineData("bad abcdefghijkl. Sent", "bad ***. Sent")]
    [InlineData("bad abcdefghijkl.txt", "bad abcdefghijkl.txt")]
    [InlineData("bad abcdefghijklmnop", "bad ***")]
    [InlineData("bad abcdefghijklm-else", "bad abcdefghijklm-else")]
    [InlineData("bad abcdefghijklmelse", "bad abcdefghijklmelse")]
    [InlineData("bad abcdefghijk", "bad abcdefghijk")]
    public void The_beginning_of_a_secret_that_the_sender_cut_is_taken_out_and_that_of_a_like_word_stays(
        string text, string scrubbed) =>
        Assert.Equal(scrubbed, new SecretScrubber("abcdefghijklmnopqrst").Scrub(text));

    [Theory]
    [InlineData("bad ...ijklmnopqrst sent", "bad ...*** sent")]
    [InlineData("bad [klmnopqrstuvwxyz=]", "bad [***]")]
    [InlineData("bad KLMNOPQRSTUVWXYZ=", "bad ***")]
    [InlineData("bad else-opqrstuvwxyz=", "bad else-opqrstuvwxyz=")]
    [InlineData("bad name.opqrstuvwxyz=", "bad name.opqrstuvwxyz=")]
    [InlineData("bad pqrstuvwxyz", "bad pqrstuvwxyz")]
    [InlineData("no such file 'daily-backup.rdb'", "no such file 'daily-backup.rdb'")]
    public void The_end_of_a_secret_that_the_sender_cut_is_taken_out_and_a_part_with_a_name_of_its_own_stays(
        string text, string scrubbed)
    {
        string[] secrets =
            ["abcdefghijklmnopqrst", "ABCDEFGHIJKLMNOPQRSTUVWXYZ=", "attachment; filename=daily-backup.rdb"];

        Assert.Equal(scrubbed, new SecretScrubber(secrets).Scrub(text));
    }

    [Theory]
    [InlineData("Signature: s3c\u200Br3t", "Signature: ***")]
    [InlineData("Signa\u200Bture=s3cr3t", "Signature=***")]
    [InlineData("https:/\u0001/h/x?a=s3cr3t", "https://h/x")]
    [InlineData("Authorization: Basic s3cr3t\u0001\r\nHost: h", "Authorization: Basic *** Host: h")]
    public void Invisible_characters_do_not_hide_a_secret_from_the_scrubber(string text, string excerpt) =>
        Assert.Equal(excerpt, new SecretScrubber().Excerpt(text, 80));

    [Fact]
    public void A_secret_behind_a_page_of_blanks_is_not_cut_in_half()
    {
        string text = new string(' ', 4090) + "SECRET+of+mine\u200B-and-more";

        Assert.Equal("***", new SecretScrubber("SECRET+of+mine-and-more").Excerpt(text, 80));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Half_a_secret_at_the_end_of_what_is_scrubbed_is_left_out(string space)
    {
        string text = new('a', 4090);

        string excerpt = new SecretScrubber("secret-of-mine").Excerpt(text + space + "secret-of-mine" + text, 5000);

        Assert.Equal(text, excerpt);
    }

    [Fact]
    public void Of_one_word_as_long_as_a_book_the_beginning_is_scrubbed() =>
        Assert.Equal(new string('a', 4096), new SecretScrubber().Excerpt(new string('a', 9000), 5000));
}
