using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Errors;
using BackupLinks.Http;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>The two calls of Identity and Access Management that a link may need first.</summary>
internal sealed class IamClient(ApiClient connection, ClockSkewTracker clocks)
{
    // A name has one page; the bound is for a server that never stops.
    private const int MostPages = 20;
    private const string TokenHeader = "X-Subject-Token";

    // IAM documents 24 hours; used only when it does not say.
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(24);

    /// <summary>Gets a token for a password (<c>POST /v3/auth/tokens</c>).</summary>
    /// <param name="user">The user of the request.</param>
    /// <param name="project">The project by id or by name; the id wins.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ApiException">IAM refused, failed, or sent no token.</exception>
    public async Task<IamToken> CreateTokenAsync(
        IamUserCredential user, IamName project, CancellationToken cancellationToken)
    {
        string subject = ScreenText.Sentence($"a token of IAM user '{user.UserName}' of account '{user.DomainName}'");
        var request = new IamTokenRequest(new IamAuth(
            new IamIdentity(
                ["password"], new IamPassword(
                    new IamUser(user.UserName, user.Password, new IamName(null, user.DomainName)))),
            new IamScope(project.Id is null ? project : project with { Name = null })));
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, IamJson.Default.IamTokenRequest);

        using var response = await connection
            .SendAsync(HttpMethod.Post, "v3/auth/tokens?nocatalog=true", body, subject, cancellationToken)
                .ConfigureAwait(false);
        var content = await connection
            .ReadAsync(response, subject, IamJson.Default.IamTokenResponse, static read => read.Token is not null)
                .ConfigureAwait(false);
        string? token = response.Headers.TryGetValues(TokenHeader, out var values) ? values.FirstOrDefault() : null;
        if (string.IsNullOrWhiteSpace(token))
            throw connection.BadEntry(subject, $"the header {TokenHeader}");
        var issued = clocks.GetUtcNow(connection.Endpoint);
        return new IamToken(
            token!, issued, WireTime.Parse(content?.Token?.ExpiresAt, TimeSpan.Zero) ?? issued + DefaultLifetime,
            content?.Token?.Project?.Id);
    }

    /// <summary>Looks up a project's id by its name, which is the region's (<c>GET /v3/projects?name=</c>).</summary>
    /// <param name="name">A region, or <c>region_name</c> for a sub-project.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ApiException">
    /// IAM refused or failed; <see cref="ErrorKind.ProjectNotFound"/> when IAM knows no such project, or more than one.
    /// </exception>
    public async Task<string> FindProjectIdAsync(string name, CancellationToken cancellationToken)
    {
        string subject = ScreenText.Sentence($"the id of project '{name}'");
        var found = new List<string>();
        string? next = "v3/projects?name=" + PercentEncoding.Encode(name);
        for (int page = 0; next is not null && page < MostPages; page++)
        {
            var response = await connection.SendAsync(
                HttpMethod.Get, next, null, subject,
                IamJson.Default.IamProjectsResponse, static read =>
                    read.Projects is not null, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<IamProject> projects = response?.Projects ?? [];
            found.AddRange(projects
                .Where(project => !string.IsNullOrEmpty(project.Id) && (project.Name is null || project.Name == name))
                .Select(project => project.Id!));
            next = ServiceEndpoint.Relative(connection.Endpoint, response?.Links?.Next);
        }

        string[] ids = [.. found.Distinct(StringComparer.Ordinal)];
        return ids switch
        {
            [var id] => id,
            [] => throw new ApiException(
                ErrorKind.ProjectNotFound,
                $"IAM at {connection.Endpoint.Authority} knows no project '{ScreenText.Excerpt(name)}' that this "
                    + "credential can see; check -Region, or pass -ProjectId."),
            _ => throw new ApiException(
                ErrorKind.ProjectNotFound,
                $"IAM at {connection.Endpoint.Authority} knows {ids.Length} projects '{ScreenText.Excerpt(name)}' "
                    + $"({string.Join(", ", ids.Select(id => ScreenText.Excerpt(id)))}); pass the right one as "
                    + "-ProjectId."),
        };
    }
}
