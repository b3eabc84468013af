using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Tests.Core.Links;

/// <summary>What is true of the links of every signature scheme.</summary>
public sealed class LinkSchemeTests
{
    private const int Renewals = 40;

    // In braces, what is another in each link.
    private static readonly Dictionary<string, string[]> Schemes = new()
    {
        ["OBS and S3 V2"] =
        [
            "AWSAccessKeyId={id}", "Expires={end}", "Signature={base64}", "x-obs-security-token={token}",
        ],
        ["OSS V1"] = ["OSSAccessKeyId={id}", "Expires={end}", "Signature={base64}", "security-token={token}"],
        ["OSS V2"] =
        [
            "x-oss-signature-version=OSS2", "x-oss-access-key-id={id}", "x-oss-expires={end}",
            "x-oss-signature={base64}", "x-oss-additional-headers=host",
        ],
        ["OSS V4"] =
        [
            "x-oss-signature-version=OSS4-HMAC-SHA256",
            "x-oss-credential={id}%2F20240115%2Fcn-x%2Foss%2Faliyun_v4_request", "x-oss-date={date}",
            "x-oss-expires=900", "x-oss-signature={hex}", "x-oss-security-token={token}",
        ],
        ["COS"] =
        [
            "q-sign-algorithm=sha1", "q-ak={id}", "q-sign-time=1;{end}", "q-key-time=1%3B{end}", "q-header-list=host",
            "q-url-param-list=", "q-signature={hex}", "x-cos-security-token={token}",
        ],
        ["COS in one parameter"] =
        [
            "sign=q-sign-algorithm%3Dsha1%26q-ak%3D{id}%26q-sign-time%3D1%3B{end}%26q-key-time%3D1%3B{end}"
                + "%26q-header-list%3D%26q-url-param-list%3D%26q-signature%3D{hex}",
            "x-cos-security-token={token}",
        ],
        ["COS in one parameter, lower case"] =
        [
            "sign=q-sign-algorithm%3dsha1%26q-ak%3d{id}%26q-sign-time%3d1%3b{end}%26q-key-time%3d1%3b{end}"
                + "%26q-header-list%3d%26q-url-param-list%3d%26q-signature%3d{hex}",
        ],
        ["TOS"] =
        [
            "X-Tos-Algorithm=TOS4-HMAC-SHA256", "X-Tos-Credential={id}%2F20240115%2Fcn-x%2Ftos%2Frequest",
            "X-Tos-Date={date}", "X-Tos-Expires=900", "X-Tos-SignedHeaders=host", "X-Tos-Signature={hex}",
            "X-Tos-Security-Token={token}",
        ],
        ["BOS"] =
        [
            "authorization=bce-auth-v1%2F{id}%2F2024-01-15T09%3A00%3A00Z%2F{end}%2Fhost%2F{hex}",
            "x-bce-security-token={token}",
        ],
        ["US3"] = ["UCloudPublicKey={id}", "Expires={end}", "Signature={base64}"],
        ["S3 V4"] =
        [
            "X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Credential={id}%2F20240115%2Fx%2Fs3%2Faws4_request",
            "X-Amz-Date={date}", "X-Amz-Expires=900", "X-Amz-SignedHeaders=host", "X-Amz-Signature={hex}",
            "X-Amz-Security-Token={token}",
        ],
    };

    public static TheoryData<string> SchemeNames => [.. Schemes.Keys];

    [Theory, MemberData(nameof(SchemeNames))]
    public void Renewed_link_has_the_same_identity_which_holds_nothing_of_its_signature(string scheme)
    {
        var random = new Random(scheme.Length);
        for (int i = 0; i < Renewals; i++)
        {
            var (link, secrets) = Create(scheme, random);

            string identity = PresignedUri.Identify(Parse(link));

            Assert.Equal(
                "https://b.example/a%2fb/dump%2B1.rdb?response-cache-control=no-cache%2Cno-store&id=7", identity);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, identity));
        }
    }

    [Theory, MemberData(nameof(SchemeNames))]
    public void Nothing_of_a_signature_is_shown(string scheme)
    {
        var random = new Random(scheme.Length);
        for (int i = 0; i < Renewals; i++)
        {
            var (link, secrets) = Create(scheme, random);
            string query = link.Split('?')[1];
            string[] words =
            [
                link, query, Uri.UnescapeDataString(query), Uri.UnescapeDataString(Uri.UnescapeDataString(query)),
                $"<Error><Code>SignatureDoesNotMatch</Code><Url>{link.Replace("&", "&amp;")}</Url></Error>",
                $"{{\"link\":\"{link.Replace("/", "\\/").Replace("&", "\\u0026").Replace("=", "\\u003d")}\"}}",
            ];

            Assert.All(words.Prepend(PresignedUri.Redact(Parse(link))), text => Assert.All(
                secrets, secret => Assert.DoesNotContain(secret, new SecretScrubber().Scrub(text))));
        }
    }

    [Theory, MemberData(nameof(SchemeNames))]
    public void Store_that_repeats_a_part_of_a_signature_alone_shows_nothing_of_it(string scheme)
    {
        var (link, secrets) = Create(scheme, new Random(scheme.Length));
        var scrubber = new SecretScrubber().ForRequests([Parse(link)]);

        // An access key alone opens nothing.
        Assert.All(secrets.Skip(1), secret => Assert.Equal(
            "<Signature>***</Signature>", scrubber.Scrub($"<Signature>{secret}</Signature>")));
    }

    [Theory]
    [InlineData("Authorization: OSS SANDBOXKEY000:c2lnbmF0dXJlLW9mLW9zcw=")]
    [InlineData("authorization=bce-auth-v1/SANDBOXKEY000/2024-01-15T09:00:00Z/1800//c2lnbmF0dXJlLW9mLW9zcw")]
    [InlineData("\"Authorization\":\"bce-auth-v1\\/SANDBOXKEY000\\/2024\\/1800\\/\\/c2lnbmF0dXJlLW9mLW9zcw\"")]
    [InlineData("Authorization: TC3-HMAC-SHA256 Credential=SANDBOXKEY000/x, Signature=c2lnbmF0dXJlLW9mLW9zcw")]
    [InlineData("{\"TmpSecretId\":\"SANDBOXKEY000\",\"TmpSecretKey\":\"c2lnbmF0dXJlLW9mLW9zcw\"}")]
    public void Authorization_of_any_scheme_is_taken_out(string text)
    {
        string scrubbed = new SecretScrubber().Scrub(text);

        Assert.DoesNotContain("c2lnbmF0dXJlLW9mLW9zcw", scrubbed);
        Assert.DoesNotContain("SANDBOXKEY000", scrubbed);
    }

    [Theory]
    [InlineData("authorization: the user has no permission: ask for it")]
    [InlineData("Authorization failed for https://h/x")]
    public void Sentence_about_an_authorization_stays(string text) =>
        Assert.Equal(text, new SecretScrubber().Scrub(text));

    [Theory]
    [InlineData("q-sign-time=1705309200;1705352400&q-key-time=1705309200;1705310100", "2024-01-15T09:15:00Z")]
    [InlineData("q-sign-time=1705309200;1705310100&q-key-time=1705309200;1705352400", "2024-01-15T09:15:00Z")]
    [InlineData("q-sign-time=1705309200;1705310100&q-key-time=never", "2024-01-15T09:15:00Z")]
    public void Link_of_COS_ends_with_its_key_or_with_its_signature(string query, string end) => Assert.Equal(
        DateTimeOffset.Parse(end, CultureInfo.InvariantCulture),
        PresignedUri.GetExpiry(Parse("https://h/x?" + query + "&q-signature=s")));

    // The first of the secrets is the id of the key.
    private static (string Link, string[] Secrets) Create(string scheme, Random random)
    {
        byte[] bytes = new byte[30];
        random.NextBytes(bytes);
        string id = "AK" + Convert.ToHexString(bytes[..9]);
        string hex = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string base64 = Convert.ToBase64String(bytes[..20]);
        string token = "TOKEN" + Convert.ToHexString(bytes);
        string end = random.Next(1_700_000_000, 2_000_000_000).ToString(CultureInfo.InvariantCulture);
        string[] pairs =
        [
            .. Schemes[scheme].Select(pair => pair.Replace("{id}", id).Replace("{hex}", hex)
                .Replace("{base64}", Uri.EscapeDataString(base64)).Replace("{token}", token).Replace("{end}", end)
                .Replace("{date}", $"202401{random.Next(10, 28)}T090000Z")),
        ];
        random.Shuffle(pairs);
        int place = random.Next(pairs.Length + 1);
        string[] query =
            [.. pairs[..place], "response-cache-control=no-cache%2Cno-store", .. pairs[place..], "id=7"];
        string signature = Schemes[scheme].Any(pair => pair.Contains("{hex}")) ? hex : base64;
        string[] secrets =
            Schemes[scheme].Any(pair => pair.Contains("{token}")) ? [id, signature, token] : [id, signature];
        return ("https://b.example/a%2fb/dump%2B1.rdb?" + string.Join('&', query), secrets);
    }

    private static Uri Parse(string link)
    {
        Assert.True(PresignedUri.TryParse(link, out var uri));
        return uri!;
    }
}
