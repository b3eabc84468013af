using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Pipeline;

/// <summary>One item of pipeline input on its way to a provider.</summary>
/// <param name="Target">The item, for its errors; null for a question about nothing in particular.</param>
/// <param name="Subject">The item as it reads at the start of a sentence.</param>
/// <param name="AskAsync">Asks the provider; again, as long as an answer says that there is more.</param>
internal sealed record Question<TResult>(object? Target, string Subject, Func<CancellationToken, Task<IAnswer<TResult>>> AskAsync);
