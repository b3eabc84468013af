namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>GaussDB instances.</summary>
internal sealed class GaussDbFleet : DatabaseFleet;
