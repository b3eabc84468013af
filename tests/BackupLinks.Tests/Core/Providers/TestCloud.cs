using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Credentials;
using BackupLinks.Discovery;
using BackupLinks.Http;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.Tests.Core.Providers;

/// <summary>A cloud with one service, which returns a link at once, and notes what it was sent.</summary>
/// <param name="key">The key of the cloud.</param>
/// <param name="linkType">The type of its links.</param>
internal sealed class TestCloud(string key, Type linkType) : Provider
{
    private readonly List<string> _requests = [];
    private BackupService[]? _services;

    /// <summary>The ids of the backups whose links were requested.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>The settings of the last session.</summary>
    public SessionSettings? Settings { get; private set; }

    public override string Key => key;

    public override ApiConventions Conventions { get; } = new()
    {
        Name = key,
        CredentialAdvice = "check the key",
        IdAdvice = "check the id",
        ClassifyCode = static _ => null,
    };

    public override CredentialSchema Credentials { get; } = new()
    {
        Provider = key,
        SecretName = key,
        Kinds = [new("a key", [new("Id"), new("Secret")])],
        Settings = [new(CredentialFields.Region), new(CredentialFields.Endpoint) { IsEndpoint = true }],
    };

    public override IReadOnlyList<BackupService> Services => _services ??= [new Service(this, linkType)];

    public override ServiceSession OpenSession(
        BackupService service, SessionSettings settings, CredentialFields credential, SecretReference secret,
        RequestContext context)
    {
        Settings = settings;
        return new Session(service, context);
    }

    public override bool OwnsHost(BackupService service, string setting, string host) => host == $"api.{key}.example";

    public override bool IsBoundToHost(CredentialFields credential) => false;

    private sealed class Session(BackupService service, RequestContext context)
        : ServiceSession(service, new Uri("https://api.example"), context)
    {
        private protected override string ListAdvice => "check the id";
    }

    private sealed class Service : BackupService
    {
        private readonly TestCloud _cloud;

        public Service(TestCloud cloud, Type linkType)
        {
            _cloud = cloud;
            LinkKinds =
            [
                new(this, "BackupFile", linkType, link => new Request(_cloud, linkType, link.Require("BackupId")))
                {
                    Ids = ["BackupId"],
                },
            ];
        }

        public override Provider Provider => _cloud;

        public override string Name => "Rds";

        public override IReadOnlyList<string> Engines => ["MySQL"];

        public override string EndpointExample => "https://api.example";

        public override LinkIds SampleIds => new("i", "b");

        public override IReadOnlyList<LinkKind> LinkKinds { get; }

        public override ServiceRequest<DownloadLink> Links(LinkIds ids, LinkOptions options) =>
            throw new NotSupportedException();
    }

    private sealed record Request(TestCloud Cloud, Type LinkType, string BackupId) : LinkRequest<Session, string>
    {
        public override RequestItem Item => RequestItem.Backup(BackupId, null, Details);

        private protected override string FallbackName => BackupId;

        private protected override Task<IResultPage<DownloadLink>> SendAsync(
            Session session, CancellationToken cancellationToken)
        {
            Cloud._requests.Add(BackupId);
            var origin = new LinkOrigin(
                "https://api.example", SecretReference.None, new CredentialFields(Cloud.Credentials, "The test", []))
            {
                Service = session.Service.Key, Now = static _ => DateTimeOffset.UnixEpoch,
            };
            return Task.FromResult(ToPage(
                [$"https://{Cloud.Key}.example/{BackupId}?Signature=new"],
                link => new FileEntry(null, link),
                (file, _) => (DownloadLink)Activator.CreateInstance(LinkType, file, origin, BackupId)!,
                session,
                static _ => throw new NotSupportedException()));
        }
    }
}
