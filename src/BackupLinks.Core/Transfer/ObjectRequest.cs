namespace BackupLinks.Transfer;

/// <summary>A request for an object.</summary>
/// <param name="Range">The part; null for all of it.</param>
/// <param name="Validator">The <see cref="ObjectValidator"/> that the object must still have; null for any.</param>
internal readonly record struct ObjectRequest(ByteRange? Range, string? Validator);
