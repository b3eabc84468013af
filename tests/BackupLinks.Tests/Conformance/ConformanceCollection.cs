namespace BackupLinks.Tests.Conformance;

/// <summary>Tests that share one sandbox: one at a time, beside the tests of other collections.</summary>
[CollectionDefinition(nameof(ConformanceCollection))]
public sealed class ConformanceCollection : ICollectionFixture<ConformanceSandbox>;
