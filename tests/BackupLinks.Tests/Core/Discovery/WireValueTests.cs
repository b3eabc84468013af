using BackupLinks.Discovery;

namespace BackupLinks.Tests.Core.Discovery;

/// <summary>Values of a response that may be anything.</summary>
public sealed class WireValueTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(-1L, null)]
    [InlineData(0L, 0L)]
    [InlineData(5L, 5L)]
    public void Bytes_are_not_negative(long? wire, long? bytes) => Assert.Equal(bytes, WireValue.Bytes(wire));

    [Theory]
    [InlineData(null, null)]
    [InlineData(-1L, null)]
    [InlineData(0L, 0L)]
    [InlineData(3L, 3072L)]
    [InlineData(9007199254740991L, 9223372036854774784L)]
    [InlineData(9007199254740992L, null)]
    [InlineData(long.MaxValue, null)]
    public void Kilobytes_are_1024_bytes_and_never_overflow(long? wire, long? bytes) =>
        Assert.Equal(bytes, WireValue.Kilobytes(wire));

    [Theory]
    [InlineData(2L, 2097152L)]
    [InlineData(8796093022208L, null)]
    public void Megabytes_are_1024_kilobytes(long? wire, long? bytes) => Assert.Equal(bytes, WireValue.Megabytes(wire));

    [Theory]
    [InlineData(null, null)]
    [InlineData(-0.5, null)]
    [InlineData(0.0, 0L)]
    [InlineData(3.59, 3676L)]
    [InlineData(0.9999, 1024L)]
    [InlineData(1e15, null)]
    [InlineData(double.NaN, null)]
    public void Kilobytes_may_have_a_fraction(double? wire, long? bytes) =>
        Assert.Equal(bytes, WireValue.Kilobytes(wire));

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, null)]
    [InlineData(0.5, 524288L)]
    [InlineData(1e12, null)]
    public void Megabytes_may_have_a_fraction_and_none_are_not_known(double? wire, long? bytes) =>
        Assert.Equal(bytes, WireValue.Megabytes(wire));

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.0, null)]
    [InlineData(-1.0, null)]
    [InlineData(0.5, 536870912L)]
    [InlineData(0.7, 751619277L)]
    [InlineData(1e9, null)]
    [InlineData(double.NaN, null)]
    public void Gigabytes_may_have_a_fraction_and_none_are_not_known(double? wire, long? bytes) =>
        Assert.Equal(bytes, WireValue.Gigabytes(wire));

    [Theory]
    [InlineData(null, null)]
    [InlineData(0L, null)]
    [InlineData(1L, 1)]
    [InlineData(6379L, 6379)]
    [InlineData(65535L, 65535)]
    [InlineData(65536L, null)]
    [InlineData(-6379L, null)]
    public void A_port_is_one_of_TCP(long? wire, int? port) => Assert.Equal(port, WireValue.Port(wire));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-2", -2.0)]
    [InlineData("1,5", null)]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_number_is_finite_and_of_no_culture(string? wire, double? number) =>
        Assert.Equal(number, WireValue.Number(wire));

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("yes", null)]
    [InlineData(null, null)]
    public void A_truth_is_a_word(string? wire, bool? value) => Assert.Equal(value, WireValue.Boolean(wire));

    [Theory]
    [InlineData("2026-01-15", "2026-01-15")]
    [InlineData(" 2026-01-15 ", "2026-01-15")]
    [InlineData("2026-1-5T03:00:00Z", "2026-01-05")]
    [InlineData(" 2026-1-5T03:00:00Z", "2026-01-05")]
    [InlineData("2026-1-5 03:00", "2026-01-05")]
    [InlineData("15.01.2026", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_day_is_read_with_or_without_what_follows(string? wire, string? day) =>
        Assert.Equal(
            day, WireValue.Day(wire)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    [InlineData(" a ", " a ")]
    public void Blank_text_is_none(string? wire, string? text) => Assert.Equal(text, WireValue.Text(wire));
}
