using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Manifests;
using BackupLinks.Providers;
using BackupLinks.Text;

namespace BackupLinks.Formatting;

/// <summary>
/// Objects as errors hold them: no value of any property, however deep, is an address with a query, or a value that is
/// named like a secret. An error is shown, logged and written to files with all that its target has.
/// </summary>
internal static class ErrorTarget
{
    // Every link has it among the names of its types, also after CliXml.
    private static readonly string LinkType = typeof(DownloadLink).FullName!;

    // Export-Clixml and ConvertTo-Json write any depth that they are told; objects may contain themselves.
    private const int MostDepth = 8;

    private static readonly SecretScrubber Scrubber = new();

    private static readonly Regex SecretName = new(
        "(?:signature|credential|token|access_?key(?:_?id)?|secret(?:_?key)?|password)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // The credential that a link was requested with is not on the object that an error holds, and is needed to save
    // it once more.
    private static readonly ConditionalWeakTable<PSObject, DownloadLink> Origins = new();
    private static readonly ConditionalWeakTable<PSObject, CloudResource> Resources = new();

    /// <summary>
    /// The link that a command of this process returned, of an object that an error holds; null for others.
    /// </summary>
    public static DownloadLink? OriginOf(PSObject item) =>
        item.BaseObject as DownloadLink ?? (Origins.TryGetValue(item, out var origin) ? origin : null);

    /// <summary>
    /// The instance, backup or log of this process that an object is, or is an error's copy of; null for others.
    /// </summary>
    public static CloudResource? ResourceOf(PSObject item) =>
        item.BaseObject as CloudResource ?? (Resources.TryGetValue(item, out var resource) ? resource : null);

    /// <summary>The target of an error: ids, names and objects without secrets.</summary>
    /// <param name="target">The item that the error is about; null for none.</param>
    public static object? Of(object? target) => Redact(target, 0);

    /// <summary>
    /// The object as an error may hold it. Its origin stays, so that the object can be saved once more where its
    /// link can be renewed.
    /// </summary>
    /// <param name="item">The object.</param>
    /// <param name="fileName">The name that its file has; null when it has come to none.</param>
    public static object Of(PSObject item, string? fileName)
    {
        object target = Redact(item, 0)!;
        // Saved once more, alone, it must not take the name of another file that is there.
        if (fileName is not null && target is PSObject copy && copy.Properties["FileName"] is { } named)
            named.Value = fileName;
        return target;
    }

    /// <summary>
    /// The text without addresses' queries, values named like a secret, and what a screen would obey. Its lines stay:
    /// an id identifies the item only as it was given.
    /// </summary>
    public static string Redact(string text)
    {
        // Some are no addresses that a store has, and are meant as such.
        bool isMeant = text.IndexOf("://", StringComparison.Ordinal) > 0 && !text.Any(char.IsWhiteSpace);
        string safe = PresignedUri.TryParse(text, out var address) ? PresignedUri.Redact(address!)
            : isMeant ? text.Split('?', '#')[0] : text;
        // What a screen drops could hide a secret's name, or its end, from the scrubber.
        return Scrubber.Scrub(string.Join("\n", safe.Split('\n').Select(ScreenText.Printable)));
    }

    private static object? Redact(object? value, int depth)
    {
        object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => null,
            string text => Redact(text),
            Uri uri =>
                Redact(uri.IsAbsoluteUri && uri.Host.Length > 0
                    ? PresignedUri.Redact(uri) : uri.OriginalString.Split('?')[0]),
            bool or char or Guid or TimeSpan or DateTime or DateTimeOffset or Enum => plain,
            IConvertible and not (IEnumerable or DBNull) => plain,
            _ when depth == 0 && value is PSObject row && row.Properties["Uri"] is not null => RedactObject(row, depth),
            _ when depth == MostDepth => Redact(value!.ToString() ?? ""),
            IDictionary table => RedactTable(table, depth),
            PSObject or DownloadLink or ImportedLink => RedactObject(PSObject.AsPSObject(value!), depth),
            IEnumerable list => list.Cast<object?>().Select(item => Redact(item, depth + 1)).ToArray(),
            // An object of another library, which came by mistake: its properties may be many, slow, and of itself.
            _ when depth > 0 => Redact(value!.ToString() ?? ""),
            _ => RedactObject(PSObject.AsPSObject(value!), depth),
        };
    }

    private static PSObject RedactObject(PSObject item, int depth)
    {
        var copy = new PSObject();
        if (OriginOf(item) is { } origin)
            Origins.Add(copy, origin);
        if (ResourceOf(item) is { } resource)
            Resources.Add(copy, resource);
        foreach (var property in item.Properties.Where(property => !PropertyValue.IsOfTheMoment(property)))
        {
            string name = Redact(property.Name);
            if (name.Length > 0 && copy.Properties[name] is null)
                copy.Properties.Add(new PSNoteProperty(name, RedactNamed(name, PropertyValue.Of(property), depth)));
        }

        if (item.TypeNames.Any(name => name.EndsWith(LinkType, StringComparison.Ordinal)))
        {
            copy.TypeNames.Clear();
            foreach (string name in item.TypeNames)
            {
                string type = ScreenText.Printable(name);
                copy.TypeNames.Add(
                    type.StartsWith(LinkKind.DeserializedPrefix, StringComparison.Ordinal)
                        ? type : LinkKind.DeserializedPrefix + type);
            }
        }

        return copy;
    }

    private static Hashtable RedactTable(IDictionary table, int depth)
    {
        var copy = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            string name = Redact(entry.Key.ToString() ?? "");
            copy[name] = RedactNamed(name, entry.Value, depth);
        }

        return copy;
    }

    private static object? RedactNamed(string name, object? value, int depth)
    {
        object? redacted = Redact(value, depth + 1);
        return redacted is string { Length: > 0 } && SecretName.IsMatch(name) ? SecretScrubber.Mask : redacted;
    }
}
