using System;
using System.Collections.Concurrent;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>
/// What the sessions of one command have in common: several services in one region need the same project and token, and
/// one of them requests it.
/// </summary>
internal sealed class IamFlights
{
    private readonly ConcurrentDictionary<CredentialFields, HuaweiCredential> _credentials = new();
    private readonly ConcurrentDictionary<(
        Uri Iam, string Credential, string Project), SingleFlight<string>> _projects = new();
    private readonly ConcurrentDictionary<(
        Uri Iam, string Credential, IamName Project), IamTokenSource> _tokens = new();

    /// <summary>The credential of a secret. It learns the tokens that it gets, so that no error shows them.</summary>
    public HuaweiCredential GetCredential(CredentialFields fields) =>
        _credentials.GetOrAdd(fields, HuaweiCredential.From);

    /// <summary>The request for the id of a project.</summary>
    public SingleFlight<string> GetProject((Uri Iam, string Credential, string Project) key, Clock clock) =>
        _projects.GetOrAdd(key, _ => new SingleFlight<string>(clock));

    /// <summary>The tokens of a user for a project.</summary>
    public IamTokenSource GetTokens((Uri Iam, string Credential, IamName Project) key, Func<IamTokenSource> create) =>
        _tokens.GetOrAdd(key, _ => create());
}
