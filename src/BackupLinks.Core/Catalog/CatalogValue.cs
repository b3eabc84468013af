using System;
using System.Buffers.Text;
using System.Text.Json;
using BackupLinks.Shims;

namespace BackupLinks.Catalog;

/// <summary>The value of a field of a line.</summary>
/// <param name="type">Its type.</param>
/// <param name="bytes">A text without its quotes and escapes, or the digits of a number.</param>
internal readonly ref struct CatalogValue(JsonTokenType type, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The text; null for null.</summary>
    /// <exception cref="FormatException">It is not a text.</exception>
    public string? ToText() => IsNull(JsonTokenType.String) ? null : StrictUtf8.Decode(_bytes);

    /// <summary>The same, for a text that other lines have, too.</summary>
    /// <inheritdoc cref="ToText()"/>
    public string? ToText(TextPool texts) => IsNull(JsonTokenType.String) ? null : texts.Get(_bytes);

    /// <summary>The number; null for null.</summary>
    /// <exception cref="FormatException">It is not a whole number.</exception>
    public long? ToNumber() => IsNull(JsonTokenType.Number) ? null
        : Utf8Parser.TryParse(_bytes, out long number, out int count) && count == _bytes.Length ? number
        : throw new FormatException();

    /// <summary>The time; null for null.</summary>
    /// <exception cref="FormatException">It is not a time.</exception>
    public DateTimeOffset? ToTime()
    {
        if (IsNull(JsonTokenType.String))
            return null;
        if (TryReadUsual(_bytes) is { } usual)
            return usual;
        byte[] text = [(byte)'"', .. _bytes, (byte)'"'];
        var json = new Utf8JsonReader(text);
        json.Read();
        return json.GetDateTimeOffset();
    }

    private bool IsNull(JsonTokenType expected)
    {
        if (type != expected && type != JsonTokenType.Null)
            throw new FormatException();
        return type == JsonTokenType.Null;
    }

    // As this module writes it: 2026-01-15T01:30:00Z, with or without a fraction. Null for another form.
    private static DateTimeOffset? TryReadUsual(ReadOnlySpan<byte> text)
    {
        const int Seconds = 19;
        if (text.Length <= Seconds || text[text.Length - 1] != 'Z' || text[4] != '-' || text[7] != '-'
            || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return null;
        int year = Digits(text.Slice(0, 4)), month = Digits(text.Slice(5, 2)), day = Digits(text.Slice(8, 2));
        int hour = Digits(text.Slice(11, 2)), minute = Digits(text.Slice(14, 2)), second = Digits(text.Slice(17, 2));
        var fraction = text.Slice(Seconds, text.Length - Seconds - 1);
        int ticks = fraction.Length switch
        {
            0 => 0,
            > 1 and <= 8 when fraction[0] == '.' => Digits(fraction.Slice(1)),
            _ => -1,
        };
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || ticks < 0)
            return null;
        for (int i = fraction.Length; i is > 0 and < 8; i++)
            ticks *= 10;
        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(ticks);
    }

    // -1 for what is not all digits.
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int number = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
