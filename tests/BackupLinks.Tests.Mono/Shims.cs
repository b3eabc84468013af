using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace System
{
    /// <summary>For slices.</summary>
    internal readonly struct Range(Index start, Index end)
    {
        public Index Start => start;

        public Index End => end;

        public static Range StartAt(Index start) => new(start, new Index(0, fromEnd: true));

        public static Range EndAt(Index end) => new(new Index(0), end);
    }
}

namespace System.Runtime.CompilerServices
{
    internal static class RuntimeHelpers
    {
        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            int start = range.Start.GetOffset(array.Length);
            return array.AsSpan(start, range.End.GetOffset(array.Length) - start).ToArray();
        }
    }
}

namespace System.Threading
{
    internal sealed class Lock
    {
        private readonly object _monitor = new();

        public Scope EnterScope()
        {
            Monitor.Enter(_monitor);
            return new Scope(_monitor);
        }

        public readonly ref struct Scope(object held)
        {
            public void Dispose() => Monitor.Exit(held);
        }
    }
}

namespace System.Threading.Tasks
{
    internal sealed class TaskCompletionSource(TaskCreationOptions options)
    {
        private readonly TaskCompletionSource<bool> _source = new(options);

        public Task Task => _source.Task;

        public void SetResult() => _source.SetResult(true);
    }
}

namespace BackupLinks.Tests
{
    /// <summary>What the tests call and .NET Framework does not have.</summary>
    internal static class Shims
    {
        extension(Convert)
        {
            public static string ToHexString(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "");

            public static string ToHexStringLower(byte[] bytes) => ToHexString(bytes).ToLowerInvariant();

            public static byte[] FromHexString(string text) =>
                [.. Enumerable.Range(0, text.Length / 2).Select(i => Convert.ToByte(text.Substring(2 * i, 2), 16))];
        }

        extension(string)
        {
            public static string Join(char separator, IEnumerable<string?> parts) =>
                string.Join(separator.ToString(), parts);
        }

        extension(SHA256)
        {
            public static byte[] HashData(byte[] bytes)
            {
                using var hash = SHA256.Create();
                return hash.ComputeHash(bytes);
            }
        }

        extension(Random random)
        {
            public long NextInt64() => ((long)random.Next() << 32) | (uint)random.Next();

            public void Shuffle<T>(T[] items)
            {
                for (int i = items.Length - 1; i > 0; i--)
                {
                    int other = random.Next(i + 1);
                    (items[i], items[other]) = (items[other], items[i]);
                }
            }
        }

        public static bool Contains(this string text, char character) => text.IndexOf(character) >= 0;

        public static async Task WaitAsync(this Task task, CancellationToken cancellationToken)
        {
            var stop = new TaskCompletionSource<bool>();
            using (cancellationToken.Register(() => stop.TrySetCanceled()))
                await await Task.WhenAny(task, stop.Task);
        }
    }
}
