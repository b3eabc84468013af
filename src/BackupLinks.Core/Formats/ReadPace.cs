using System;
using BackupLinks.Time;

namespace BackupLinks.Formats;

/// <summary>
/// Decides whether a second thread reads ahead. That halves the time where two processors share a cache, and doubles it
/// where each block has to cross from one cache to another; so both ways are tried, again and again.
/// </summary>
internal sealed class ReadPace
{
    /// <summary>How many bytes one way has before the next decision.</summary>
    public const long TurnLength = 16 * 1024 * 1024;

    private const int TurnsPerRound = 16;

    private readonly Clock _clock;
    private TimeSpan _began;
    private TimeSpan _aloneTime;
    private long _length;
    private int _turn;

    /// <summary>Begins with a turn of one thread.</summary>
    /// <param name="clock">The time.</param>
    public ReadPace(Clock clock)
    {
        _clock = clock;
        _began = clock.GetElapsed();
    }

    /// <summary>True when the next block is for the second thread to read.</summary>
    public bool IsAhead { get; private set; }

    /// <summary>Counts what was read and tested.</summary>
    /// <param name="count">The number of bytes.</param>
    public void Count(int count)
    {
        _length += count;
        if (_length < TurnLength)
            return;
        var now = _clock.GetElapsed();
        if (_turn == 0)
            (_aloneTime, IsAhead) = (now - _began, true);
        else if (_turn == 1)
            IsAhead = now - _began < _aloneTime;
        _turn = (_turn + 1) % TurnsPerRound;
        if (_turn == 0)
            IsAhead = false;
        _began = now;
        _length = 0;
    }
}
