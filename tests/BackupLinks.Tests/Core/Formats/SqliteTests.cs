using System;
using BackupLinks.Formats;
using static BackupLinks.Tests.Core.Formats.FormatTest;
using static BackupLinks.Tests.Core.Formats.SqliteWriter;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Which column of an SQLite index is which of its table, whatever their statements look like.</summary>
public sealed class SqliteTests
{
    // What stands for the row is NULL in the table, and the row's number in the index.
    [Theory]
    [InlineData("id INTEGER PRIMARY KEY, n text")]
    [InlineData("id INTEGER  PRIMARY KEY, n text")]
    [InlineData("id INTEGER NOT NULL PRIMARY KEY, n text")]
    [InlineData("id INTEGER, n text, PRIMARY KEY (id)")]
    public void The_column_that_stands_for_the_row_is_not_compared_and_the_others_are(string columns)
    {
        byte[] file = Database($"CREATE TABLE t({columns})", "CREATE INDEX i ON t(n, id)",
            row => [null, Word(row)], row => [Word(row), row]);

        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal("damaged: the index 'i' has other values than its table 't'",
            Test(Flip(file, file.AsSpan().LastIndexOf("value"u8))).Problem);
    }

    [Theory]
    [InlineData("a + b")]
    [InlineData("a ->> '$.x'")]
    [InlineData("\"a\" || b")]
    [InlineData("a COLLATE nocase || b")]
    public void An_index_of_an_expression_is_not_compared_with_a_column(string expression)
    {
        byte[] file = Database("CREATE TABLE t(a, b)", $"CREATE INDEX i ON t({expression})",
            row => [row, row], row => [row + row]);

        Assert.Equal(BackupFileState.Intact, State(file));
    }

    [Theory]
    [InlineData("n")]
    [InlineData("n COLLATE nocase")]
    [InlineData("\"n\" collate NOCASE\n desc")]
    [InlineData("[n] ASC")]
    public void An_index_of_a_column_is_compared_in_whatever_order(string column)
    {
        byte[] file = Database("CREATE TABLE t(a, n text)", $"CREATE INDEX i ON t({column})",
            row => [row, Word(row)], row => [Word(row)]);

        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, file.AsSpan().LastIndexOf("value"u8))));
    }

    [Theory]
    [InlineData("b int AS (a * 2)")]
    [InlineData("b int\nAS\n(a * 2)")]
    [InlineData("b int\tas(a * 2)")]
    public void A_table_with_a_generated_column_is_not_compared(string generated)
    {
        byte[] file = Database($"CREATE TABLE t(a, {generated}, c, d)", "CREATE INDEX i ON t(c)",
            row => [row, Word(row), row], row => [Word(row)]);

        Assert.Equal(BackupFileState.Intact, State(file));
    }
}
