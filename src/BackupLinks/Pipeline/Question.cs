using System;
using System.Threading;
using System.Threading.Tasks;
using BackupLinks.Http;

namespace BackupLinks.Pipeline;

/// <summary>One item of pipeline input on its way to a provider.</summary>
/// <param name="Item">The item.</param>
/// <param name="AskAsync">Asks the provider; again, as long as an answer says that there is more.</param>
internal sealed record Question<TResult>(AskedItem Item, Func<CancellationToken, Task<IAnswer<TResult>>> AskAsync);
