using System.Collections.Generic;
using System.Linq;
using BackupLinks.Errors;

namespace BackupLinks.Tests.Conformance;

/// <summary>All that a request led to.</summary>
internal sealed class Reading
{
    public List<object> Results { get; } = [];

    /// <summary>The errors of entries.</summary>
    public List<BackupLinksException> Problems { get; } = [];

    /// <summary>The error that ended it; null when it came to its end.</summary>
    public BackupLinksException? Failure { get; set; }

    public string? Remark { get; set; }

    /// <summary>All that a user is told, but for the results.</summary>
    public string Told =>
        string.Join('\n', Problems.Append(Failure).Select(problem => problem?.Message).Append(Remark));

    /// <summary>The results; anything else that the request led to fails the test.</summary>
    public IReadOnlyList<T> AssertGood<T>()
    {
        Assert.True(Failure is null && Problems.Count == 0 && Remark is null, Told);
        return [.. Results.Cast<T>()];
    }

    /// <summary>The error that ended it.</summary>
    public T AssertFailed<T>(ErrorKind kind)
        where T : BackupLinksException
    {
        Assert.Empty(Results);
        Assert.True(kind == Failure?.Kind, $"{kind} was expected, not {Failure?.Kind}: {Told}");
        Assert.Matches(@"^\S[^\r\n]*\.$", Failure!.Message);
        return Assert.IsType<T>(Failure);
    }
}
