using System;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace BackupLinks.Http;

/// <summary>How a provider's refusal of a signature blames its time.</summary>
internal sealed class ClockRefusal
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // The longest response of status 200 that is searched for an error.
    private const int LongestError = 4 * 1024;

    private readonly Regex _namesTime;
    private readonly Regex _namesSignatureTime;

    /// <summary>The words that the clouds have in common, and the provider's own.</summary>
    /// <param name="dateNames">
    /// The names that the provider has for the time of a signature, as regular expressions.
    /// </param>
    public ClockRefusal(params string[] dateNames)
    {
        string dates = string.Join("|", ["timestamp", .. dateNames]);
        _namesTime = new($"expire|skew|time stamp|{dates}", Options);
        // Backups, accounts and tokens expire, too; without a Date to go by, only these words will do.
        _namesSignatureTime = new(
            $"signature[^;]{{0,20}}expire|expired signature|skew|({dates})[^;=]{{0,30}}(expire|invalid|old|off)",
            Options);
    }

    /// <summary>
    /// A message that may mean the clock or the key; only the Date of the response tells. Null for none.
    /// </summary>
    public string? Ambiguous { get; init; }

    /// <summary>True for a provider that sends errors with status 200.</summary>
    public bool HasStatus200 { get; init; }

    /// <summary>True for a refusal that may be about the time of the signature.</summary>
    public async Task<bool> IsPossibleAsync(HttpResponseMessage response)
    {
        if (!IsRefusal(response.StatusCode))
            return false;
        if (response.StatusCode == HttpStatusCode.OK
            && response.Content.Headers.ContentLength is null or > LongestError)
            return false;
        string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return _namesTime.IsMatch(body)
            || (Ambiguous is not null && body.IndexOf(Ambiguous, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    /// <summary>True when a refusal blames the time of the signature, and rightly so as far as can be told.</summary>
    /// <param name="response">The refusal.</param>
    /// <param name="message">The code and the message.</param>
    /// <param name="signingTime">The time that a signature would carry now.</param>
    public bool BlamesTheClock(HttpResponseMessage response, string message, DateTimeOffset signingTime)
    {
        if (!IsRefusal(response.StatusCode))
            return false;
        bool isDated = response.Headers.Date is not null && !response.Headers.Contains("Age");
        return isDated
            ? _namesTime.IsMatch(message) && ClockSkewTracker.IsOff(response.Headers.Date!.Value - signingTime)
            : _namesSignatureTime.IsMatch(message);
    }

    private bool IsRefusal(HttpStatusCode status) =>
        (HasStatus200 && status == HttpStatusCode.OK)
        || status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
