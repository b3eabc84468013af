using System;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Append-only files of Redis and Valkey: <c>redis-check-aof.c</c>. An RDB may be in front; commands follow, each an
/// array of
/// the protocol. Only the RDB has a checksum.
/// </summary>
internal sealed class AofVerifier : FormatVerifier
{
    private const long LongestBulk = 512L * 1024 * 1024;
    private const int MostArguments = 1024 * 1024 * 1024;
    private const int LongestNumber = 20;
    private const int LongestComment = 64 * 1024 - 1;

    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.Aof;

    /// <inheritdoc/>
    public override string Name => "AOF";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        // Annotations stand in front where timestamps are on.
        while (head.StartsWith("#TS:"u8) && head.IndexOf((byte)'\n') is > 0 and var end)
            head = head.Slice(end + 1);
        return head.Length >= 3 && head[0] == '*' && head[1] is >= (byte)'1' and <= (byte)'9'
            && head.IndexOf((byte)'\r') is > 0 and < LongestNumber;
    }

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test) => VerifyCommands(input, layer);

    /// <summary>Verifies commands to the end.</summary>
    /// <param name="input">The reader, at the first command.</param>
    /// <param name="layer">Takes what was found.</param>
    public static void VerifyCommands(ByteReader input, BackupLayer layer)
    {
        long commands = 0;
        long lastGood = input.Position;
        long transaction = -1;
        // A cut between two commands leaves no trace.
        layer.IsWhole = null;
        layer.Checksum = layer.Checksum == ChecksumCoverage.Verified ? ChecksumCoverage.Partial : ChecksumCoverage.None;
        try
        {
            while (!input.IsAtEnd)
            {
                if (input.Peek(1)[0] == '#')
                {
                    SkipComment(input);
                }
                else
                {
                    long at = input.Position;
                    switch (ReadCommand(input))
                    {
                        case Command.Multi when transaction >= 0:
                            throw BackupFormatException.Damaged(
                                at, $"a transaction begins at {Numbers.Text(at)}, within the one that begins at "
                                + Numbers.Text(transaction));
                        case Command.Multi:
                            transaction = at;
                            break;
                        case Command.Exec when transaction < 0:
                            throw BackupFormatException.Damaged(
                                at, $"a transaction ends at {Numbers.Text(at)}, and none has begun");
                        case Command.Exec:
                            transaction = -1;
                            break;
                    }

                    commands++;
                }

                if (transaction < 0)
                    lastGood = input.Position;
            }
        }
        catch (BackupFormatException e) when (e.State == BackupFileState.Truncated)
        {
            throw new BackupFormatException(
                e.State, e.Offset, $"{e.Message}; the commands up to {Numbers.Text(lastGood)} are whole")
            {
                Start = lastGood,
            };
        }

        layer.Details["Commands"] = commands;
        if (transaction >= 0)
        {
            throw BackupFormatException.Truncated(
                transaction, $"the transaction that begins at {Numbers.Text(transaction)} has no end; the "
                + $"commands up to {Numbers.Text(lastGood)} are whole");
        }
    }

    private static Command ReadCommand(ByteReader input)
    {
        long arguments = ReadNumber(input, (byte)'*', "a command");
        var command = Command.Other;
        for (long i = 0; i < arguments; i++)
        {
            long length = ReadNumber(input, (byte)'$', "an argument");
            if (i == 0 && length is 4 or 5 && input.Fill((int)length))
                command = Classify(input.Peek((int)length));
            input.Skip(length, "an argument");
            SkipLineEnd(input);
        }

        return command;
    }

    private static Command Classify(ReadOnlySpan<byte> name) =>
        Matches(name, "multi") ? Command.Multi : Matches(name, "exec") ? Command.Exec : Command.Other;

    private static bool Matches(ReadOnlySpan<byte> name, string word)
    {
        if (name.Length != word.Length)
            return false;
        for (int i = 0; i < word.Length; i++)
        {
            if ((name[i] | 0x20) != word[i])
                return false;
        }

        return true;
    }

    private static long ReadNumber(ByteReader input, byte sign, string what)
    {
        long at = input.Position;
        if (input.ReadByte(what) != sign)
        {
            throw BackupFormatException.Damaged(
                at, $"{what} begins with '{(char)sign}', and other bytes are at {Numbers.Text(at)}");
        }

        long number = 0;
        for (int digits = 0; ; digits++)
        {
            byte digit = input.ReadByte(what);
            if (digit == '\r' && digits > 0)
                break;
            if (digit is < (byte)'0' or > (byte)'9' || digits > LongestNumber - 2)
                throw BackupFormatException.Damaged(at, $"the length of {what} at {Numbers.Text(at)} is not a number");
            number = (10 * number) + digit - '0';
        }

        if (input.ReadByte(what) != '\n')
        {
            throw BackupFormatException.Damaged(
                input.Position - 1, $"the length of {what} at {Numbers.Text(at)} does not end its line");
        }

        if (number > (sign == '*' ? MostArguments : LongestBulk) || (sign == '*' && number == 0))
        {
            throw BackupFormatException.Damaged(
                at, $"{what} at {Numbers.Text(at)} has the length {Numbers.Text(number)}");
        }

        return number;
    }

    private static void SkipLineEnd(ByteReader input)
    {
        long at = input.Position;
        if (input.ReadUInt16("the end of a line") != 0x0A0D)
        {
            throw BackupFormatException.Damaged(
                at, $"the argument that ends at {Numbers.Text(at)} is not followed by the end of its line");
        }
    }

    private static void SkipComment(ByteReader input)
    {
        var line = input.Peek(LongestComment);
        int end = line.IndexOf((byte)'\n');
        if (end < 0)
        {
            throw BackupFormatException.Truncated(
                input.Position, $"the annotation that begins at {Numbers.Text(input.Position)} has no end");
        }

        input.Advance(end + 1);
    }

    private enum Command
    {
        Other,
        Multi,
        Exec,
    }
}
