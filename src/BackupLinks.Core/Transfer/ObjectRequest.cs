namespace BackupLinks.Transfer;

/// <summary>A request for an object.</summary>
/// <param name="Range">The part; null for all of it.</param>
/// <param name="Validator">The <see cref="ObjectValidator"/> that the object must still have; null for any.</param>
/// <param name="IsRepeated">True to read again what came before: no cache on the way may respond.</param>
internal readonly record struct ObjectRequest(ByteRange? Range, string? Validator, bool IsRepeated = false);
