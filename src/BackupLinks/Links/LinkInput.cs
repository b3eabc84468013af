using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Text;

namespace BackupLinks.Links;

/// <summary>The links in the argument of a parameter.</summary>
internal static class LinkInput
{
    /// <summary>
    /// The links in an argument: an array has several, and the pipeline binds one at a time. (A parameter of an
    /// array's type would be bound last, and a link would lose its properties.)
    /// </summary>
    public static IEnumerable<PSObject> Each(PSObject? argument)
    {
        var links = argument?.BaseObject is IEnumerable list and not (string or IDictionary)
            ? list
            : new[] { argument };
        return links.Cast<object?>().Where(link => link is not null).Select(link => AsRow(PSObject.AsPSObject(link)));
    }

    /// <summary>Refuses a folder that was taken for a link while links come from the pipeline.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidLink"/>.</exception>
    public static void RequireNoFolder(PSObject argument)
    {
        if (argument.BaseObject is not string text || PresignedUri.TryParse(text, out _))
            return;
        throw new BackupLinksException(
            ErrorKind.InvalidLink,
            $"Links come from the pipeline, and '{ScreenText.Excerpt(text, 80)}' was given in their place; "
            + "write -Destination in front of a folder to save to.");
    }

    // A hashtable is meant like a row.
    private static PSObject AsRow(PSObject link)
    {
        if (link.BaseObject is not IDictionary table)
            return link;
        var row = new PSObject();
        foreach (DictionaryEntry entry in table)
            row.Properties.Add(new PSNoteProperty(entry.Key.ToString(), entry.Value));
        return row;
    }
}
