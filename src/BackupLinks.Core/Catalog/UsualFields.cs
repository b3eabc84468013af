using System;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>
/// The fields of a line as this module writes it: one object of texts and numbers, and no space between. It takes a
/// fraction of the time of a reader of all JSON, which takes what this one does not.
/// </summary>
/// <param name="line">The line.</param>
internal ref struct UsualFields(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line.Length > 0 && line[0] == '{' ? line.Slice(1) : default;

    /// <summary>The name of the field.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value.</summary>
    public CatalogValue Value { get; private set; }

    /// <summary>True for a text with escapes, which <see cref="Value"/> still has.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>True when the object has ended with the line.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// True for a line with a character that no JSON text has, such as those that a power cut leaves.
    /// </summary>
    public static bool HasControl(ReadOnlySpan<byte> line)
    {
        const ulong Ones = 0x0101010101010101;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(line))
        {
            if (((word - (Ones * ' ')) & ~word & (Ones * 0x80)) != 0)
                return true;
        }

        foreach (byte value in line.Slice(line.Length - (line.Length % sizeof(ulong))))
        {
            if (value < ' ')
                return true;
        }

        return false;
    }

    /// <summary>Reads the next field.</summary>
    /// <returns>False for a line that is not a usual one.</returns>
    public bool Read()
    {
        int length = _rest.Length > 0 && _rest[0] == '"' ? _rest.Slice(1).IndexOf((byte)'"') : -1;
        // The name, two quotes, a colon and a value.
        if (length <= 0 || _rest.Length < length + 4 || _rest[length + 2] != ':')
            return false;
        Name = _rest.Slice(1, length);
        if (Name.IndexOf((byte)'\\') >= 0)
            return false;
        _rest = _rest.Slice(length + 3);
        return (_rest[0] == '"' ? ReadText() : ReadNumber()) && ReadSeparator();
    }

    private bool ReadText()
    {
        IsEscaped = false;
        var text = _rest.Slice(1);
        int end = text.IndexOfAny((byte)'"', (byte)'\\');
        while (end >= 0 && text[end] == '\\')
        {
            if (text.Length <= end + 2 || text[end + 1] is not ((byte)'"' or (byte)'\\'))
                return false;
            IsEscaped = true;
            int next = text.Slice(end + 2).IndexOfAny((byte)'"', (byte)'\\');
            end = next < 0 ? -1 : end + 2 + next;
        }

        if (end < 0)
            return false;
        Value = new CatalogValue(JsonTokenType.String, text.Slice(0, end));
        _rest = text.Slice(end + 1);
        return true;
    }

    private bool ReadNumber()
    {
        IsEscaped = false;
        int length = 0;
        while (length < _rest.Length && _rest[length] is >= (byte)'0' and <= (byte)'9')
            length++;
        if (length == 0 || (length > 1 && _rest[0] == '0'))
            return false;
        Value = new CatalogValue(JsonTokenType.Number, _rest.Slice(0, length));
        _rest = _rest.Slice(length);
        return true;
    }

    private bool ReadSeparator()
    {
        if (_rest.Length == 0)
            return false;
        HasEnded = _rest[0] == '}' && _rest.Length == 1;
        bool isNext = _rest[0] == ',';
        _rest = _rest.Slice(1);
        return HasEnded || isNext;
    }
}
