namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>TaurusDB instances.</summary>
internal sealed class TaurusDbFleet : DatabaseFleet;
