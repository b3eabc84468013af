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

        Assert.Equal(1L, Test(file).Layers[0].Details["Tables"]);
        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal("damaged: the index 'i' has other values than its table 't'",
            Test(Flip(file, file.AsSpan().LastIndexOf("value"u8))).Problem);
    }

    [Fact]
    public void The_constants_of_a_record_are_the_numbers_0_and_1()
    {
        Assert.Equal(BackupFileState.Intact, State(Database("CREATE TABLE t(n)", "CREATE INDEX i ON t(n)",
            row => [row % 2], row => [row % 2 == 1])));
        Assert.Equal(BackupFileState.Damaged, State(Database("CREATE TABLE t(n)", "CREATE INDEX i ON t(n)",
            row => [1 + (row % 2)], row => [row % 2 == 1])));
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

    [Theory]
    [InlineData("CREATE INDEX i ON t(a + 0)")]
    [InlineData(null)]
    public void An_index_has_every_row_of_its_table_and_no_other(string? index)
    {
        byte[] file = Database("CREATE TABLE t(a UNIQUE)", index, row => [Word(row)], row => [Word(row)]);
        int entry = file.AsSpan(2 * PageSize).IndexOf("value 05"u8) + (2 * PageSize);

        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal("damaged: the index 'i' has other rows than its table 't'",
            Test(Flip(file, entry + 8, bit: 6)).Problem);
        byte[] shorter = [.. file];
        shorter[(2 * PageSize) + 4]--;
        Assert.Equal("damaged: the index 'i' has 19 entries, and its table 't' 20 rows", Test(shorter).Problem);
        Assert.Equal(index is null ? BackupFileState.Damaged : BackupFileState.Intact, State(Flip(file, entry)));
    }

    // A constraint of the column that stands for the row, and one of two columns.
    [Fact]
    public void The_index_of_a_constraint_has_columns_of_its_table_or_the_number_of_the_row()
    {
        byte[] file = Database("CREATE TABLE t(id INTEGER PRIMARY KEY, n, UNIQUE (n, id))", null,
            row => [null, Word(row)], row => [Word(row), row]);
        byte[] generated = Database("CREATE TABLE t(a, b AS (a * 2) UNIQUE)", null, row => [row], row => [2 * row]);

        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal(BackupFileState.Intact, State(generated));
    }

    [Fact]
    public void Integers_that_a_double_does_not_have_are_compared_exactly()
    {
        byte[] file = Database("CREATE TABLE t(a)", "CREATE INDEX i ON t(a)",
            row => [(1L << 62) + row], row => [(1L << 62) + row]);
        int last = (4 * PageSize) - 1;

        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, last)));
    }

    [Fact]
    public void Every_page_of_a_database_is_in_use_or_known_to_be_free()
    {
        byte[] file = [.. Database(), .. new byte[PageSize]];
        file[31]++;

        var report = Test(file);

        Assert.Equal("damaged: the database has 6 pages, and its trees, records and lists have 5", report.Problem);
        file[35] = 6;
        file[39] = 1;
        Assert.Equal(BackupFileState.Intact, State(file));
    }

    // The cells beside it have statements, too.
    [Fact]
    public void A_statement_that_continues_on_another_page_is_not_read_from_its_own()
    {
        string columns = $"n text DEFAULT '{new string('x', 450)}', a";
        byte[] file = Database($"CREATE TABLE t({columns})", "CREATE INDEX i ON t(a)",
            row => [Word(row), row], row => [row]);

        Assert.Equal(6 * PageSize, file.Length);
        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 39)));
    }

    // Its statement is not NULL, as that of a constraint is.
    [Theory]
    [InlineData("a) WHERE a NOT IN ('value 05', '", "')", "", 1)]
    [InlineData("a || '", "')", "x", 0)]
    public void An_index_whose_statement_continues_on_another_page_is_not_taken_for_one_of_a_constraint(
        string from, string to, string added, byte missing)
    {
        string index = $"CREATE INDEX i ON t({from}{new string('x', 450)}{to}";
        byte[] file = Database("CREATE TABLE t(a)", index, row => [Word(row)], row => [Word(row) + added]);
        file[(2 * PageSize) + 4] -= missing;

        Assert.Equal(6 * PageSize, file.Length);
        Assert.Equal(BackupFileState.Intact, State(file));
        Assert.Equal(BackupFileState.Damaged, State(Flip(file, 39)));
    }
}
