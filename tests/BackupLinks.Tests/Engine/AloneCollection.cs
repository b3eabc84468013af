namespace BackupLinks.Tests.Engine;

/// <summary>Tests of something that the whole process shares, one at a time and beside no other.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
