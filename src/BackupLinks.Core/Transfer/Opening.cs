using BackupLinks.Files;

namespace BackupLinks.Transfer;

/// <summary>How a download begins.</summary>
/// <param name="Response">The first response.</param>
/// <param name="Segment">The segment that the response begins; null when every byte is there.</param>
/// <param name="Plan">The completed and the missing ranges.</param>
/// <param name="Identity">The version that the bytes are of; null when its size is not known.</param>
/// <param name="IsDecoded">True when the body is decoded on its way into the file.</param>
/// <param name="Resumed">Bytes of earlier runs.</param>
/// <param name="IsWhole">True when the response is all of the object, because no part was requested or served.</param>
internal sealed record Opening(
    ObjectResponse Response, Segment? Segment, SegmentPlan Plan, ObjectIdentity? Identity, bool IsDecoded,
    long Resumed, bool IsWhole = false);
