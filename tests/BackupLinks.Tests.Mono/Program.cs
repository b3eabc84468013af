using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit.v3;

namespace BackupLinks.Tests;

/// <summary>Runs the tests of this program one after the other: no runner of xunit runs under Mono.</summary>
internal static class Program
{
    private const string SkipMark = "$XunitDynamicSkip$";
    private static int _passed;
    private static int _failed;

    private static async Task<int> Main()
    {
        // Mono does not load the assembly of Microsoft, and has these types where .NET Framework 4.7.1 has them.
        AppDomain.CurrentDomain.AssemblyResolve += static (_, wanted) =>
            wanted.Name.StartsWith("System.Runtime.InteropServices.RuntimeInformation,", StringComparison.Ordinal)
                ? typeof(object).Assembly
                : null;
        foreach (var type in typeof(Program).Assembly.GetExportedTypes().Where(type => !type.IsAbstract))
        {
            foreach (var method in type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), true)))
            {
                foreach (object?[] row in ReadRows(type, method).ToArray())
                    await RunAsync(type, method, row);
            }
        }

        Console.WriteLine($"Mono: {_passed} passed, {_failed} failed");
        return _failed == 0 && _passed > 0 ? 0 : 1;
    }

    private static async Task RunAsync(Type type, MethodInfo method, object?[] row)
    {
        object? instance = null;
        try
        {
            instance = Activator.CreateInstance(type);
            object? result = method.Invoke(instance, Convert(method, row));
            if (result is ValueTask value)
                result = value.AsTask();
            if (result is Task task)
                await task;
            _passed++;
        }
        catch (Exception e)
        {
            if (e is TargetInvocationException { InnerException: { } inner })
                e = inner;
            if (e.Message.StartsWith(SkipMark, StringComparison.Ordinal))
                return;
            _failed++;
            Console.WriteLine($"FAILED {type.FullName}.{method.Name}({string.Join(", ", row)})\n{e}");
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    // An attribute has an int where the test takes a uint.
    private static object?[] Convert(MethodInfo method, object?[] row) =>
        [.. method.GetParameters().Zip(row, (parameter, value) => value is IConvertible and not Enum
            && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            && !parameter.ParameterType.IsInstanceOfType(value)
                ? System.Convert.ChangeType(value, parameter.ParameterType, CultureInfo.InvariantCulture)
                : value)];

    // Each row has the arguments of one test.
    private static IEnumerable<object?[]> ReadRows(Type type, MethodInfo method)
    {
        if (!method.IsDefined(typeof(TheoryAttribute)))
            yield return [];
        foreach (var inline in method.GetCustomAttributes<InlineDataAttribute>())
            yield return inline.Data;
        foreach (var member in method.GetCustomAttributes<MemberDataAttributeBase>())
        {
            var rows = (IEnumerable)(member.MemberType ?? type).GetProperty(member.MemberName)!.GetValue(null)!;
            foreach (object row in rows)
                yield return row is ITheoryDataRow data ? data.GetData() : (object?[])row;
        }
    }
}
