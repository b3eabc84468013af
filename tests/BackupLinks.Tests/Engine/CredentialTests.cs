using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Sandbox;
using BackupLinks.Sandbox.CapitalOnline;
using static BackupLinks.Sandbox.CapitalOnline.CapitalOnlineSamples;
using static BackupLinks.Sandbox.HuaweiCloud.HuaweiSamples;

namespace BackupLinks.Tests.Engine;

public sealed class CredentialTests : SandboxTest
{
    private const string Canary = "canary-value-that-must-not-show";

    [Fact]
    public void Permanent_key_as_credential_signs_and_names_its_project()
    {
        Run($"Get-RdsBackupFile @h {RdsBackupId}");

        var request = Server.Requests.Last();
        Assert.Contains(
            $"Access={OperatorKey.AccessKey}, SignedHeaders=host;x-project-id;x-sdk-date,",
            request.Headers["Authorization"]);
        Assert.Equal(ProjectId, request.Headers["X-Project-Id"]);
        Assert.Equal("127.0.0.1", request.Headers["Host"]);
    }

    [Fact]
    public void Secret_may_be_a_PSCredential() =>
        Assert.Equal(2, Request(Operator, $"-Region {Region} -Endpoint $e").Output.Count);

    [Fact]
    public void Secret_may_be_a_hashtable_with_everything_in_it()
    {
        var result = Request(
            Table(("AccessKey", OperatorKey.AccessKey), ("SecretKey", OperatorKey.SecretKey), ("Region", Region),
                ("Endpoint", Endpoint)));

        Assert.Empty(result.Errors);
        Assert.All(result.Output, item => Assert.Equal("Mine", ((RdsBackupFile)item.BaseObject).SecretName));
    }

    [Fact]
    public void Secret_may_be_text_with_a_JSON_object()
    {
        var result = Request(
            $$"""
            {"accesskey":"{{OperatorKey.AccessKey}}","SecretKey":"{{OperatorKey.SecretKey}}",
            "ProjectId":"{{ProjectId}}","Endpoint":"{{Endpoint}}"}
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.DoesNotContain(
            Server.Requests, request => request.Target.StartsWith("/v3/projects?", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_count_without_case_as_SecretManagement_hands_out_case_sensitive_tables() =>
        Assert.Equal(
            2, Request(Table(
                ("accesskey", OperatorKey.AccessKey), ("SECRETKEY", OperatorKey.SecretKey), ("region", Region),
                ("endpoint", Endpoint))).Output.Count);

    [Fact]
    public void Temporary_key_sends_and_signs_its_token()
    {
        var result = Request(Table(
            ("AccessKey", TemporaryKey.AccessKey), ("SecretKey", TemporaryKey.SecretKey),
            ("SecurityToken", TemporaryKey.SecurityToken!),
            ("Region", Region), ("Endpoint", Endpoint)));

        Assert.Equal(2, result.Output.Count);
        Assert.Contains("x-security-token", Server.Requests.Last().Headers["Authorization"]);
    }

    [Fact]
    public void IAM_user_gets_one_token_for_all_and_the_project_from_it()
    {
        var result = Request(User(), "", $"'{RdsBackupId}', '{RdsBackupId}', '{RdsBackupId}' | ");

        Assert.Equal(6, result.Output.Count);
        var first = Assert.Single(Server.Requests, request => request.Target == "/v3/auth/tokens?nocatalog=true");
        Assert.Contains("{\"project\":{\"name\":\"" + Region + "\"}}", first.Body);
        Assert.DoesNotContain(
            Server.Requests, request => request.Target.StartsWith("/v3/projects", StringComparison.Ordinal));
        Assert.DoesNotContain(Password, result.AllText);
    }

    [Fact]
    public void Token_is_kept_for_the_session_and_scoped_by_id_when_there_is_one()
    {
        Request(User(("ProjectId", ProjectId)));
        Module.Run($"Get-RdsBackupFile -SecretName Mine -BackupId {RdsBackupId}");

        var only = Assert.Single(
            Server.Requests, request => request.Target.StartsWith("/v3/auth/tokens", StringComparison.Ordinal));
        Assert.Contains("{\"project\":{\"id\":\"" + ProjectId + "\"}}", only.Body);
    }

    [Fact]
    public void Token_that_a_service_refuses_is_renewed_once()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "backup-files", Count = 1, Status = 401,
            Body = """{"error_code":"APIGW.0307","error_msg":"The token must be updated."}""" });

        Assert.Equal(2, Request(User()).Output.Count);
        Assert.Equal(
            2, Server.Requests.Count(
                request => request.Target.StartsWith("/v3/auth/tokens", StringComparison.Ordinal)));
    }

    [Fact]
    public void Token_that_stays_refused_is_an_error_and_not_a_loop()
    {
        Server.Faults.Add(
            new SandboxFault { Path = "backup-files", Status = 401,
            Body = """{"error_code":"APIGW.0307","error_msg":"The token must be updated."}""" });

        Request(User()).SingleError("AuthenticationFailed");
        Assert.Equal(2, Server.Requests.Count(request => request.Target.Contains("backup-files")));
    }

    [Fact]
    public void Wrong_password_is_tried_once_however_many_backups_there_are()
    {
        var user = User();
        user["Password"] = Canary;

        var result = Request(user, "", "'a', 'b', 'c', 'd', 'e' | ");

        Assert.Equal(5, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("AuthenticationFailed,", error.FullyQualifiedErrorId));
        Assert.Single(Server.Requests);
        Assert.DoesNotContain(Canary, result.AllText);
    }

    [Fact]
    public void Ready_made_token_is_sent_as_it_is()
    {
        Request(User());
        string token = Server.Requests.Last().Headers["X-Auth-Token"];

        var result = Request(Table(("Token", token), ("Region", Region), ("Endpoint", Endpoint)));

        Assert.Equal(2, result.Output.Count);
        Assert.Contains(
            Server.Requests,
            request => request.Target == "/v3/projects?name=" + Region && request.Headers["X-Auth-Token"] == token);
        Assert.DoesNotContain(token, result.AllText);
    }

    [Fact]
    public void Project_is_looked_up_once_a_session()
    {
        Run($"'{RdsBackupId}', '{RdsBackupId}' | Get-RdsBackupFile @h");
        Run($"Get-RdsBackupFile @h {RdsBackupId}");

        Assert.Single(Server.Requests, request => request.Target.StartsWith("/v3/projects", StringComparison.Ordinal));
    }

    [Fact]
    public void Region_counts_without_case_for_the_project_too() =>
        Assert.Equal(2, Run($"$h.Region = 'CN-North-4'; Get-RdsBackupFile @h {RdsBackupId}").Output.Count);

    [Fact]
    public void Project_may_be_on_a_later_page()
    {
        Server.Faults.Add(new SandboxFault
        {
            Path = "/v3/projects", Count = 1, Status = 200,
            Body = $$$"""
                {"projects":[{"id":"x","name":"other"}],
                "links":{"next":"{{{Endpoint}}}/v3/projects?name=cn-north-4&page=2"}}
                """,
        });

        Assert.Equal(2, Run($"Get-RdsBackupFile @h {RdsBackupId}").Output.Count);
    }

    [Fact]
    public void Outage_of_IAM_is_waited_for_once_and_each_item_has_its_own_error()
    {
        Server.Faults.Add(new SandboxFault { Path = "/v3/projects", Status = 503 });

        var result = Run($"1..20 | ForEach-Object {{ \"b$_\" }} | Get-RdsBackupFile @h -MaximumRetryCount 1");

        Assert.Equal(Enumerable.Range(1, 20).Select(i => "b" + i), result.Errors.Select(error => error.TargetObject));
        Assert.Equal(20, result.Errors.Select(error => error.Exception).Distinct().Count());
        Assert.All(result.Errors, error => Assert.StartsWith("ServiceUnavailable,", error.FullyQualifiedErrorId));
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void Secret_that_was_not_there_leaves_no_trace_in_the_history_of_errors()
    {
        Module.AddVault("V", []);

        var result = Module.Run(
            "$Error.Clear(); try { Get-RdsBackupFile x } catch { }; $Error.Count; $Error[0].FullyQualifiedErrorId");

        Assert.Equal(
            ["1", "CredentialNotFound,BackupLinks.Cmdlets.GetRdsBackupFileCommand"],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Project_of_several_is_an_error_that_lists_them()
    {
        var error = Run($"$h.Region = 'cn-south-1'; Get-RdsBackupFile @h {RdsBackupId}").SingleError("ProjectNotFound");

        Assert.Contains("11111111111111111111111111111111", error.ToString());
        Assert.Contains("-ProjectId", error.ToString());
    }

    [Fact]
    public void Project_that_is_not_there_is_ProjectNotFound() =>
        Run($"$h.Region = 'cn-east-2'; Get-RdsBackupFile @h {RdsBackupId}").SingleError("ProjectNotFound");

    [Fact]
    public void Neither_project_nor_region_ends_the_command_before_anything_is_sent()
    {
        var error = Run($"$h.Remove('Region'); Get-RdsBackupFile @h {RdsBackupId}").SingleError("ProjectRequired");

        Assert.Contains("-Region or -ProjectId", error.ToString());
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Parameter_wins_over_secret()
    {
        var secret = Table(
            ("AccessKey", OperatorKey.AccessKey), ("SecretKey", OperatorKey.SecretKey), ("Region", "nowhere"),
            ("Endpoint", "https://nowhere.invalid"));

        Assert.Equal(2, Request(secret, $"-Region {Region} -Endpoint $e").Output.Count);
    }

    [Fact]
    public void Credential_wins_over_secret()
    {
        Module.AddVault("V", new Hashtable { ["Mine"] = new Hashtable { ["Nonsense"] = "x" } });

        Assert.Equal(2, Run($"Get-RdsBackupFile @h {RdsBackupId} -SecretName Mine").Output.Count);
    }

    [Fact]
    public void Default_secret_is_found_by_the_providers_name()
    {
        Module.AddVault("V", new Hashtable
        {
            ["HuaweiCloud"] = Table(
                ("AccessKey", OperatorKey.AccessKey), ("SecretKey", OperatorKey.SecretKey), ("Region", Region),
                ("Endpoint", Endpoint)),
            ["CapitalOnline"] = Table(
                ("AccessKey", CapitalOnlineSamples.Key.AccessKey), ("SecretKey", CapitalOnlineSamples.Key.SecretKey),
                ("Endpoint", Endpoint)),
        });

        var link = Module.Run($"Get-DcsBackupLink {DcsInstanceId} {DcsSingleBackupId}").Single<DcsBackupLink>();
        Assert.Equal(("HuaweiCloud", null), (link.SecretName, link.Vault));
        Assert.Single(Module.Run($"Get-CdsBackupDownload {CdsInstanceId} {CdsBackupId}").Output);
    }

    [Fact]
    public void Vault_alone_asks_for_the_default_secret_in_it()
    {
        Module.AddVault("First", []);
        Module.AddVault(
            "Second",
            new Hashtable
                { ["HuaweiCloud"] = Table(
                    ("AccessKey", OperatorKey.AccessKey), ("SecretKey", OperatorKey.SecretKey), ("Region", Region),
                    ("Endpoint", Endpoint)) });

        var link = Module.Run($"Get-DcsBackupLink {DcsInstanceId} {DcsSingleBackupId} -Vault Second")
            .Single<DcsBackupLink>();

        Assert.Equal(("HuaweiCloud", "Second"), (link.SecretName, link.Vault));
        Module.Run($"Get-DcsBackupLink {DcsInstanceId} {DcsSingleBackupId} -Vault First").SingleError("SecretNotFound");
    }

    [Theory]
    [InlineData("@{ AccessKey = 'AK' }", "SecretKey")]
    [InlineData("@{ AccessKey = 'AK'; SecretKey = 42 }", "'SecretKey'")]
    [InlineData("@{ AccessKey = @{ canary = 'x' }; SecretKey = 'canary-value-that-must-not-show' }", "'AccessKey'")]
    [InlineData("@{ AccessKey = 'AK'; SecretKey = $null }", "'SecretKey'")]
    [InlineData("@{ 7 = 'canary-value-that-must-not-show' }", "Int32")]
    [InlineData("'{\"AccessKey\":\"\\ud800\",\"SecretKey\":\"canary-value-that-must-not-show\"}'", "surrogate")]
    [InlineData("'canary-value-that-must-not-show'", "not JSON")]
    [InlineData("'[\"canary-value-that-must-not-show\"]'", "not an object")]
    [InlineData("'{\"AccessKey\":\"AK\",\"SecretKey\":[\"canary-value-that-must-not-show\"]}'", "'SecretKey'")]
    [InlineData(
        "'{\"AccessKey\":\"AK\",\"accessKey\":\"B\",\"SecretKey\":\"canary-value-that-must-not-show\"}'",
        "more than once")]
    [InlineData("[byte[]](1,2,3)", "Byte[]")]
    public void Unusable_secret_is_an_error_that_names_the_key_and_the_secret_and_no_value(string secret, string named)
    {
        var value = Module.Run(", (" + secret + ")").Output.Single().BaseObject;

        // Two items, one error: it ends the command.
        var result = Request(value, "", "'a', 'b' | ");

        var error = result.SingleError("InvalidSecret");
        Assert.Contains("'Mine'", error.ToString());
        Assert.Contains(named, error.ToString());
        Assert.DoesNotContain(Canary, result.AllText);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Secret_that_is_not_there_is_SecretNotFound()
    {
        Module.AddVault("V", []);

        var error = Module.Run($"Get-RdsBackupFile {RdsBackupId} -SecretName Nope -Vault V").SingleError(
            "SecretNotFound");

        Assert.Contains("'Nope'", error.ToString());
        Assert.Contains("'V'", error.ToString());
    }

    [Fact]
    public void Vault_that_is_not_registered_is_VaultUnavailable()
    {
        Module.AddVault("V", []);

        Assert.Contains(
            "not registered",
            Module.Run($"Get-RdsBackupFile {RdsBackupId} -SecretName X -Vault Nope").SingleError("VaultUnavailable")
                .ToString());
    }

    [Theory]
    [InlineData("-SecretName X")]
    [InlineData("-SecretName X -Vault V")]
    [InlineData("")]
    public void Locked_vault_is_VaultUnavailable(string parameters)
    {
        Module.AddVault("V", new Hashtable { ["X"] = "x" }, locked: true);

        Assert.Contains(
            "locked",
            Module.Run($"Get-RdsBackupFile {RdsBackupId} {parameters}").SingleError("VaultUnavailable").ToString());
    }

    [Fact]
    public void Without_SecretManagement_a_named_secret_is_its_own_error() =>
        Module.Run($"Get-RdsBackupFile {RdsBackupId} -SecretName X").SingleError("SecretManagementNotAvailable");

    [Fact]
    public void Without_any_credential_the_error_says_where_to_put_one()
    {
        var error = Module.Run($"Get-RdsBackupFile {RdsBackupId}").SingleError("CredentialNotFound");

        Assert.Contains("-SecretName", error.ToString());
        Assert.Contains("HUAWEICLOUD_SDK_AK", error.ToString());
        Assert.Contains(
            "CDS_ACCESS_KEY_ID", Module.Run("Get-CdsBackupDownload a b").SingleError("CredentialNotFound").ToString());
    }

    private static Hashtable Table(params (string Key, string Value)[] entries)
    {
        var table = new Hashtable();
        foreach (var (key, value) in entries)
            table.Add(key, value);
        return table;
    }

    private Hashtable User(params (string Key, string Value)[] more) => Table(
        [("UserName", UserName), ("Password", Password), ("DomainName", DomainName), ("Region", Region),
        ("Endpoint", Endpoint), .. more]);

    private RunResult Request(object secret, string parameters = "", string input = "")
    {
        Module.AddVault("V", new Hashtable { ["Mine"] = secret is PSObject wrapped ? wrapped.BaseObject : secret });
        string id = input.Length > 0 ? "" : "-BackupId " + RdsBackupId;
        return Module.Run(
            $"param($e) $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; {input} Get-RdsBackupFile "
                + $"-SecretName Mine {id} {parameters}", Endpoint);
    }
}
