namespace BackupLinks.Documentation.Views;

/// <summary>A line of a list: the name of a property, and how it is shown.</summary>
internal sealed record ViewItem(string Label, DisplayCall Call);
