namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>DDS instances.</summary>
internal sealed class DdsFleet : DatabaseFleet;
