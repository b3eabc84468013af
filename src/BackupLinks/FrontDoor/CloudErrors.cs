using System.Collections.Generic;
using System.Linq;
using System.Net;
using BackupLinks.Errors;
using BackupLinks.Providers;

namespace BackupLinks.FrontDoor;

/// <summary>
/// The errors that are those of a whole cloud: the first is written, and the items that meet it again are counted and
/// named in the end.
/// </summary>
internal sealed class CloudErrors
{
    private const int MostNames = 5;

    private readonly Dictionary<(string Cloud, ErrorKind Kind, string Reason), Repeats> _errors = [];

    /// <summary>What the repeated errors cover, a sentence for each.</summary>
    public IEnumerable<string> Summaries => _errors
        .Where(entry => entry.Value.Count > 0)
        .Select(entry => $"{entry.Value} failed with the same error of {entry.Key.Cloud} ({entry.Key.Kind}), "
            + "which was written once; remove its cause, and request them again.");

    /// <summary>Notes an error.</summary>
    /// <param name="cloud">The key of the cloud.</param>
    /// <param name="item">The item that failed.</param>
    /// <param name="error">The error.</param>
    /// <returns>False for an error that the command has already written for another item.</returns>
    public bool IsFirst(string cloud, RequestItem item, BackupLinksException error)
    {
        var key = IsOfPlace(item, error) ? (cloud, ErrorKind.ServiceUnavailable, item.Place!)
            // The message of a refusal names the request; the key that is refused is one for all of them.
            : error.Kind is ErrorKind.AuthenticationFailed or ErrorKind.ClockSkew ? (cloud, error.Kind, "")
            : (cloud, error.Kind, error.Message);
        if (_errors.TryGetValue(key, out var repeats))
        {
            repeats.Add(item.Subject);
            return false;
        }

        _errors.Add(key, new Repeats());
        return true;
    }

    // No list of a place that does not respond comes, and the message names the list. A gateway responds for it.
    private static bool IsOfPlace(RequestItem item, BackupLinksException error) =>
        item.Place is not null && error is ApiException { StatusCode: null or >= HttpStatusCode.InternalServerError }
            && error.Kind is ErrorKind.ServiceUnavailable or ErrorKind.RequestTimeout;

    private sealed class Repeats
    {
        private readonly List<string> _names = [];

        public int Count { get; private set; }

        public void Add(string name)
        {
            Count++;
            if (_names.Count < MostNames)
                _names.Add(name);
        }

        public override string ToString() => string.Join(", ", _names)
            + (Count > _names.Count ? $" and {Count - _names.Count} more" : "");
    }
}
