namespace BackupLinks.Formats;

/// <summary>The kind of a document in markup.</summary>
internal enum MarkupKind
{
    /// <summary>Data, or no markup at all.</summary>
    Other,

    /// <summary>A web page.</summary>
    Page,

    /// <summary>A part of a web page, by all of its elements.</summary>
    PagePart,

    /// <summary>The error of a store or a service.</summary>
    Error,

    /// <summary>Another document that a store or a service returns: a list, an envelope.</summary>
    Response,
}
