using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Http;

namespace BackupLinks.Tests.Architecture;

/// <summary>
/// A regular expression with a limit of time gives up on a busy machine, with a text of a few letters, too.
/// </summary>
public sealed class ExpressionTests
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    [Fact]
    public void No_expression_gives_up_by_the_clock()
    {
        var expressions = Shared().Concat(Of(typeof(ClockRefusal), new ClockRefusal())).ToArray();

        Assert.All(expressions, expression => Assert.Equal(Regex.InfiniteMatchTimeout, expression.MatchTimeout));
        Assert.True(expressions.Length > 10);
    }

    private static IEnumerable<Regex> Shared() =>
        new[] { typeof(BackupLinksException).Assembly, typeof(ErrorTarget).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => Of(type, null));

    private static IEnumerable<Regex> Of(Type type, object? value) => type.GetFields(Any)
        .Where(field => field.FieldType == typeof(Regex) && field.IsStatic == value is null)
        .Select(field => (Regex)field.GetValue(value)!);
}
