#if !NET8_0_OR_GREATER
namespace System;

/// <summary>The part of .NET 8's TimeProvider that this library uses, where the framework has none.</summary>
internal abstract class TimeProvider
{
    public static TimeProvider System { get; } = new SystemTimeProvider();

    public virtual DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow;

    private sealed class SystemTimeProvider : TimeProvider;
}
#endif
