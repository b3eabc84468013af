namespace BackupLinks.Documentation.Views;

/// <summary>A column of a table. Without a width, it takes the room that the others leave.</summary>
internal sealed record TableColumn(ViewItem Item, string? Width, string? Alignment);
