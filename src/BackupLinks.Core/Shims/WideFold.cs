#if NET8_0_OR_GREATER
using System;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Threading.Tasks;

namespace BackupLinks.Shims;

/// <summary>
/// The inner loop of <see cref="CarrylessFold"/> over vectors of 512 or 256 bits, for processors that multiply four or
/// two pairs at once. .NET has that since version 10 (<c>Pclmulqdq.V512</c> and <c>V256</c>), and this assembly is for
/// earlier ones, too: so the loop is compiled at run time, around the method that the runtime has.
/// </summary>
internal static class WideFold
{
    /// <summary>How many bytes are folded at once.</summary>
    public const int Stride = 256;

    private const int Words = Stride / sizeof(ulong);

    // Compiling takes some 30 ms, which the loop has to be worth.
    private const long WorthCompiling = 64 * 1024 * 1024;

    private static readonly object Lock = new();
    private static volatile Loop? s_loop;
    private static volatile Task? s_compiling;
    private static long s_length;

    /// <summary>Folds strides into the lanes of the one before.</summary>
    /// <param name="data">The bytes, as words.</param>
    /// <param name="count">The number of words, a multiple of 32.</param>
    /// <param name="lanes">The 32 words of the stride before, folded; takes those of the last.</param>
    /// <param name="multipliers">The multipliers for a distance of 256 bytes, four times.</param>
    public delegate void Loop(ref ulong data, long count, ref ulong lanes, ref ulong multipliers);

    /// <summary>The widest loop, when so much has been folded that it is worth compiling.</summary>
    /// <param name="length">The length of what is folded next.</param>
    /// <returns>
    /// Null before, while it is compiled, and where the runtime or the processor has no wide multiplication.
    /// </returns>
    public static Loop? Find(int length)
    {
        if (s_loop is { } loop)
            return loop;
        if (s_compiling is not null)
            return null;
        lock (Lock)
        {
            s_length += length;
            if (s_length >= WorthCompiling)
                s_compiling ??= Task.Run(() => s_loop = Compile(isWidest: true) ?? Compile(isWidest: false));
        }

        return null;
    }

    /// <summary>Compiles a loop.</summary>
    /// <param name="isWidest">True for 512 bits; false for 256.</param>
    /// <returns>Null where the runtime or the processor has no such multiplication.</returns>
    public static Loop? Compile(bool isWidest)
    {
        var operations = typeof(Pclmulqdq).GetNestedType(isWidest ? "V512" : "V256");
        bool isSupported = RuntimeFeature.IsDynamicCodeCompiled
            && (isWidest ? Vector512.IsHardwareAccelerated : Vector256.IsHardwareAccelerated)
            && operations?.GetProperty(nameof(Pclmulqdq.IsSupported))?.GetValue(null) is true;
        var lanes = isWidest ? typeof(Lanes512) : typeof(Lanes256);
        var vector = isWidest ? typeof(Vector512<ulong>) : typeof(Vector256<ulong>);
        var multiply = operations?.GetMethod(
            nameof(Pclmulqdq.CarrylessMultiply), [vector, vector, typeof(byte)]);
        return isSupported && multiply is not null ? Compile(multiply, lanes) : null;
    }

    private static Loop Compile(MethodInfo multiply, Type operations)
    {
        var vector = multiply.ReturnType;
        int size = Words / (vector == typeof(Vector512<ulong>) ? 4 : 8);
        var word = typeof(ulong).MakeByRefType();
        var data = Expression.Parameter(word, "data");
        var count = Expression.Parameter(typeof(long), "count");
        var lanes = Expression.Parameter(word, "lanes");
        var multipliers = Expression.Parameter(word, "multipliers");
        var at = Expression.Variable(typeof(long), "at");
        var multiplier = Expression.Variable(vector, "multiplier");
        var folded = Enumerable.Range(0, Words / size).Select(_ => Expression.Variable(vector)).ToArray();
        var end = Expression.Label();

        return Expression.Lambda<Loop>(
            Expression.Block(
                [at, multiplier, .. folded],
                [
                    Expression.Assign(multiplier, Load(multipliers, 0)),
                    .. folded.Select((lane, i) => Expression.Assign(lane, Load(lanes, i * size))),
                    Expression.Loop(
                        Expression.Block(
                        [
                            Expression.IfThen(Expression.GreaterThanOrEqual(at, count), Expression.Break(end)),
                            .. folded.Select((lane, i) => Expression.Assign(lane, Call(
                                nameof(Lanes512.Add), Multiply(lane, 0x00), Multiply(lane, 0x11), data,
                                Expression.Add(at, Constant(i * size))))),
                            Expression.AddAssign(at, Constant(Words)),
                        ]), end),
                    .. folded.Select((lane, i) => Call(nameof(Lanes512.Store), lane, lanes, Constant(i * size))),
                ]), data, count, lanes, multipliers).Compile();

        Expression Call(string name, params Expression[] arguments) =>
            Expression.Call(operations.GetMethod(name)!, arguments);
        Expression Load(Expression from, long index) => Call(nameof(Lanes512.Load), from, Constant(index));
        Expression Multiply(Expression lane, byte halves) =>
            Expression.Call(multiply, lane, multiplier, Expression.Constant(halves));
        static Expression Constant(long value) => Expression.Constant(value);
    }

    private static class Lanes512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<ulong> Load(ref ulong from, long at) => Vector512.LoadUnsafe(ref from, (nuint)at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<ulong> Add(Vector512<ulong> low, Vector512<ulong> high, ref ulong data, long at) =>
            low ^ high ^ Load(ref data, at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector512<ulong> lane, ref ulong to, long at) => lane.StoreUnsafe(ref to, (nuint)at);
    }

    private static class Lanes256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<ulong> Load(ref ulong from, long at) => Vector256.LoadUnsafe(ref from, (nuint)at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<ulong> Add(Vector256<ulong> low, Vector256<ulong> high, ref ulong data, long at) =>
            low ^ high ^ Load(ref data, at);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Vector256<ulong> lane, ref ulong to, long at) => lane.StoreUnsafe(ref to, (nuint)at);
    }
}
#endif
