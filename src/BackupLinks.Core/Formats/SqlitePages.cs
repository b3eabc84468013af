using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The pages of an SQLite database, read in the order of the file: afterwards, each tree is walked from its root, and
/// each
/// index is compared with its table, as PRAGMA integrity_check does.
/// </summary>
internal sealed class SqlitePages(ByteReader input, int pageSize, int reserved, Encoding encoding, long elsewhere)
{
    /// <summary>A database of more pages is not walked, so that memory stays bounded.</summary>
    public const long MostPages = 50_000;

    private const int FirstHeader = 100;
    private const int DeepestTree = 20;

    private readonly List<SqlitePage?> _pages = [null];
    private readonly SqliteSchema _schema = new();
    private readonly HashSet<uint> _seen = [];
    private readonly HashSet<uint> _schemaPages = [];
    private long _overflowPages;

    /// <summary>Reads so many pages.</summary>
    public void Read(long count)
    {
        byte[] page = new byte[pageSize];
        for (uint number = 1; number <= count; number++)
        {
            int start = number == 1 ? FirstHeader : 0;
            for (int there = 0; there < pageSize;)
            {
                int read = input.ReadSome(page, there, pageSize - there);
                if (read == 0)
                    throw Cut(number, there);
                there += read;
            }

            var parsed = SqlitePage.Read(page, start, pageSize - reserved);
            _pages.Add(parsed);
            if (parsed is { IsTable: true } && (number == 1 || _schemaPages.Contains(number)))
            {
                if (parsed.IsInterior)
                    _schemaPages.UnionWith(parsed.Children);
                else
                    _schema.Add(page.AsSpan(0, pageSize - reserved), start, encoding);
            }
        }
    }

    /// <summary>Walks the trees.</summary>
    /// <returns>The number of tables.</returns>
    /// <exception cref="BackupFormatException">A tree is not right, or an index differs from its table.</exception>
    public long Walk()
    {
        var schema = Sum(1, isTable: true, "sqlite_schema");
        var tables = new Dictionary<string, (SqliteSchema.Item Item, Totals Totals)>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in _schema.Items.Where(item => item.IsTable))
            tables[item.Name] = (item, Sum((uint)item.Root, IsTableRoot(item), item.Name));
        foreach (var index in _schema.Items.Where(item => !item.IsTable))
        {
            var totals = Sum((uint)index.Root, isTable: false, index.Name);
            if (tables.TryGetValue(index.Table, out var table))
                Compare(table.Item, table.Totals, index, totals);
        }

        // A page of the schema that comes in front of the one that leads to it was not read as such.
        if (_schema.IsComplete && _schema.Pages == schema.Leaves)
            RequireEveryPage();
        return tables.Count;
    }

    // A table without row numbers is stored like an index.
    private bool IsTableRoot(SqliteSchema.Item item) =>
        item.Root >= _pages.Count || _pages[(int)item.Root] is not { IsTable: false };

    // A page is in a tree, is behind a record, is free, or tells where pages are.
    private void RequireEveryPage()
    {
        long used = _seen.Count + _overflowPages + elsewhere;
        if (used != _pages.Count - 1)
        {
            throw BackupFormatException.Damaged(
                0, $"the database has {Numbers.Count(_pages.Count - 1, "page")}, and its trees, records and lists "
                + $"have {Numbers.Text(used)}");
        }
    }

    private void Compare(SqliteSchema.Item table, Totals rows, SqliteSchema.Item index, Totals entries)
    {
        // It may be of some rows, or of an expression.
        if (!index.IsSqlKnown)
            return;
        if (rows.IsTable && SqliteSchema.IsOfAllRows(index))
        {
            if (rows.Count != entries.Count)
            {
                throw Damaged(index.Root, $"the index '{index.Name}' has {Numbers.Text(entries.Count)} entries, and "
                    + $"its table '{table.Name}' {Numbers.Text(rows.Count)} rows");
            }

            if (rows.RowSum is { } numbers && entries.RowSum is { } indexed && numbers != indexed)
                throw Damaged(index.Root, $"the index '{index.Name}' has other rows than its table '{table.Name}'");
        }

        if (index.Sql is null)
            CompareConstraint(table, rows, index, entries);
        if (SqliteSchema.FindColumns(table, index) is not { } columns)
            return;
        for (int i = 0; i < columns.Length && i < SqlitePage.MostColumns; i++)
        {
            int column = columns[i];
            // The column that stands for the row is NULL in every row.
            bool isComparable = column < SqlitePage.MostColumns && column < rows.LeastColumns
                && (rows.Filled >> column & 1) != 0
                && (rows.Incomplete >> column & 1) == 0 && (entries.Incomplete >> i & 1) == 0;
            if (isComparable && rows.Sums[column] != entries.Sums[i])
                throw Damaged(index.Root, $"the index '{index.Name}' has other values than its table '{table.Name}'");
        }
    }

    // Which columns a constraint is of is not said; but they are columns of the table, or stand for the row.
    private void CompareConstraint(
        SqliteSchema.Item table, Totals rows, SqliteSchema.Item index, Totals entries)
    {
        if (!rows.IsTable || rows.Count == 0 || rows.Incomplete != 0 || rows.GreatestColumns > SqlitePage.MostColumns
            || rows.LeastColumns != rows.GreatestColumns || !SqliteSchema.StoresAllColumns(table))
            return;
        for (int i = 0; i < entries.LeastColumns - 1 && i < SqlitePage.MostColumns; i++)
        {
            bool isKnown = (entries.Incomplete >> i & 1) != 0
                || Array.IndexOf(rows.Sums, entries.Sums[i], 0, rows.LeastColumns) >= 0;
            if (!isKnown && entries.Sums[i] != rows.OwnNumbers)
                throw Damaged(index.Root, $"the index '{index.Name}' has other values than its table '{table.Name}'");
        }
    }

    private Totals Sum(uint root, bool isTable, string name)
    {
        var totals = new Totals();
        Add(root, isTable, name, totals, long.MinValue, long.MaxValue, 0);
        return totals;
    }

    private void Add(uint number, bool isTable, string name, Totals totals, long after, long upTo, int depth)
    {
        if (number == 0 || number >= _pages.Count || depth > DeepestTree || !_seen.Add(number))
        {
            throw Damaged(number, $"the tree of '{name}' leads to page {Numbers.Text(number)}, which is not "
            + "there or is in use twice");
        }

        if (_pages[(int)number] is not { } page || page.IsTable != isTable)
            throw Damaged(number, $"page {Numbers.Text(number)}, of the tree of '{name}', is not valid");
        totals.Add(page);
        _overflowPages += page.OverflowPages;
        if (!page.IsInterior)
        {
            if (isTable && page.Count > 0 && (page.First <= after && after != long.MinValue || page.Last > upTo))
            {
                throw Damaged(number, $"page {Numbers.Text(number)}, of the tree of '{name}', has rows of "
                + "another page");
            }

            return;
        }

        for (int i = 0; i < page.Children.Length; i++)
        {
            long from = isTable && i > 0 ? page.Keys[i - 1] : after;
            long to = isTable && i < page.Keys.Length ? page.Keys[i] : upTo;
            Add(page.Children[i], isTable, name, totals, from, to, depth + 1);
        }
    }

    private BackupFormatException Cut(uint number, int there) => BackupFormatException.Truncated(
        input.Position - there, $"page {Numbers.Text(number)} of {Numbers.Text(pageSize)} bytes begins at "
            + $"{Numbers.Text(input.Position - there)} and {Numbers.Text(there)} bytes are there");

    private BackupFormatException Damaged(long number, string problem) =>
        BackupFormatException.Damaged(Math.Max(0, number - 1) * pageSize, problem);

    // The figures of all pages of one tree.
    private sealed class Totals
    {
        public ulong[] Sums { get; } = new ulong[SqlitePage.MostColumns];

        public bool IsTable { get; private set; }

        public long Count { get; private set; }

        public long Leaves { get; private set; }

        public ulong? RowSum { get; private set; } = 0;

        public ulong OwnNumbers { get; private set; }

        public int LeastColumns { get; private set; } = int.MaxValue;

        public int GreatestColumns { get; private set; }

        public uint Incomplete { get; private set; }

        public uint Filled { get; private set; }

        public void Add(SqlitePage page)
        {
            IsTable = page.IsTable;
            Count += page.Count;
            Leaves += page.IsInterior ? 0 : 1;
            RowSum += page.RowSum;
            OwnNumbers += page.OwnNumbers;
            LeastColumns = Math.Min(LeastColumns, page.LeastColumns);
            GreatestColumns = Math.Max(GreatestColumns, page.GreatestColumns);
            Incomplete |= page.Incomplete;
            Filled |= page.Filled;
            for (int i = 0; i < Sums.Length; i++)
                Sums[i] += page.Sums[i];
        }
    }
}
