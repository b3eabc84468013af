using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Errors;
using BackupLinks.Files;
using BackupLinks.Formatting;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Links;

/// <summary>
/// Makes something to save of what comes down the pipeline: a link of this module, one that has been through
/// CliXml or a job, a row of a CSV file, or an address.
/// </summary>
/// <param name="kinds">The kinds of link that there are.</param>
/// <param name="asker">Requests links again; null where no link is renewed.</param>
internal sealed class LinkReader(LinkKindRegistry kinds, LinkRenewer? asker)
{
    /// <summary>What goes with intranet links that lead over plain http.</summary>
    public const string IntranetWarning = "Intranet links are plain http: whoever is on that network can read the files on their way, and change them.";

    private const int Sha256Length = 64;
    private const int Md5Length = 32;

    /// <summary>
    /// The links in an argument: an array has several, and what comes down the pipeline is one at a time. (A parameter of an
    /// array's type would be bound last, and a link come without where it is from.)
    /// </summary>
    public static IEnumerable<PSObject> Each(PSObject? argument)
    {
        var links = argument?.BaseObject is IEnumerable list and not (string or IDictionary) ? list : new[] { argument };
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
            $"Links come from the pipeline, and '{ScreenText.Excerpt(text, 80)}' was given in their place; write -Destination in front of a folder to save to.");
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

    /// <summary>Reads an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="expectedHash">The hash that was given with it, or null.</param>
    /// <param name="isTyped">True for the command's own parameters, false for an object that was piped in.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidLink"/> or <see cref="ErrorKind.UnsafeFileName"/>.</exception>
    public TransferSource Read(PSObject item, string? expectedHash, bool isTyped)
    {
        try
        {
            return ReadProperties(item, expectedHash, isTyped);
        }
        catch (GetValueException e)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidLink, $"A property of an object of type {ScreenText.Excerpt(item.TypeNames.FirstOrDefault())} cannot be read ({ScreenText.Excerpt(e.Message, 80).TrimEnd('.')}); pipe links of this module, or objects with the properties Uri and FileName.");
        }
    }

    private TransferSource ReadProperties(PSObject item, string? expectedHash, bool isTyped)
    {
        bool isAddress = item.BaseObject is string or Uri;
        string? text = AddressText(isAddress ? item.BaseObject : item.Properties["Uri"]?.Value);
        if (!PresignedUri.TryParse(text, out var link))
        {
            if (item.Properties["Uri"] is null && NamedKind.Of(item) is { } wrong)
                throw new BackupLinksException(ErrorKind.InvalidLink, $"An object in the pipeline is not a link: {wrong}.");
            throw new BackupLinksException(
                ErrorKind.InvalidLink,
                string.IsNullOrWhiteSpace(text)
                    ? $"An object of type {ScreenText.Excerpt(item.TypeNames.FirstOrDefault())} has no {(item.Properties["Uri"] is null ? "property Uri" : "address in its property Uri")}; pipe links of this module, or objects with the properties Uri and FileName."
                    : $"'{ScreenText.Excerpt(text!, 80)}' is not the address of a file; an address begins with https://{(asker is null ? "" : ", and a folder to save to is given with -Destination")}.");
        }

        if (isAddress)
            return new TransferSource { Uri = link!, FileName = NameFrom(link!, null), ExpiresAt = PresignedUri.GetExpiry(link!), ExpectedHash = ReadHash(expectedHash) };
        var kind = KindOf(item);
        string fileName = NameFrom(link!, Text(item, "FileName"));
        long? size = ReadSize(item.Properties["Size"]?.Value);
        return new TransferSource
        {
            Uri = link!,
            FileName = fileName,
            Size = size,
            // A size out of a table may be that of a service that counts in KB. One that somebody typed is meant.
            SizeUnit = kind?.SizeUnit ?? (size % 1024 == 0 && !isTyped ? 1024 : 1),
            ExpiresAt = ReadExpiry(item.Properties["ExpiresAt"]?.Value, link!),
            ExpectedHash = ReadHash(expectedHash),
            IsIntranet = ErrorTarget.OriginOf(item) is { IsIntranet: true },
            Service = Uri.TryCreate(Text(item, "Endpoint"), UriKind.Absolute, out var service) ? service : null,
            Renew = kind is null ? null : asker?.For(item, kind, fileName),
            Ids = IdsOf(item),
        };
    }

    /// <summary>Which instance, backup and log an object says that it is of.</summary>
    public static SourceIds IdsOf(PSObject item)
    {
        return new SourceIds(Read("InstanceId"), Read("BackupId"), Read("LogId"))
        {
            InstanceName = Read("InstanceName"),
            BackupTime = item.Properties["BackupTime"] is { } time ? Display.ToTime(ValueOf(time)) : null,
        };

        string? Read(string name) => item.Properties[name] is { } property && ValueOf(property)?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>
    /// The value of a property as its kind of link has it. What has been through CliXml has text, or a bag of properties,
    /// for a time, and text or a number for a choice.
    /// </summary>
    /// <param name="kind">The kind of link; null for an object that is none.</param>
    /// <param name="property">The property.</param>
    public static object? Typed(LinkKind? kind, PSPropertyInfo? property)
    {
        object? value = property is null ? null : ValueOf(property);
        var type = value is null ? null : LinkKind.TypeOf(kind, property!.Name);
        if (type == typeof(DateTimeOffset?) && Display.ToTime(value) is { } time)
            return time;
        if (type is { IsEnum: true } && LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object choice))
            return choice;
        return value switch
        {
            PSObject { BaseObject: PSCustomObject } bag => bag.ToString(),
            PSObject wrapped => wrapped.BaseObject,
            _ => value,
        };
    }

    /// <summary>True for the time that a link has left, which is another one whenever it is read.</summary>
    public static bool IsOfTheMoment(PSPropertyInfo property) => property.Name.Equals("ExpiresIn", StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind of link that an object is, or was before it went through CliXml; null when it is none.</summary>
    public LinkKind? KindOf(PSObject item) => item.TypeNames.Select(kinds.FindType).FirstOrDefault(kind => kind is not null);

    /// <summary>The value of a property; null for a script that fails.</summary>
    public static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }

    /// <summary>An address as it was written.</summary>
    /// <param name="address">A Uri, text, or anything else; wrapped or not.</param>
    public static string? AddressText(object? address) =>
        (address is PSObject { BaseObject: Uri boxed } ? boxed : address) is Uri uri ? uri.OriginalString : address?.ToString();

    /// <summary>The text of a property; null when there is none, or it is blank.</summary>
    public static string? Text(PSObject item, string name) =>
        item.Properties[name]?.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>The name to save a file under.</summary>
    /// <param name="link">Its address.</param>
    /// <param name="name">The name that was given; null for one from the address.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.UnsafeFileName"/>.</exception>
    public static string NameFrom(Uri link, string? name)
    {
        if (name is null)
            name = SafeFileName.From(PresignedUri.GetLeafName(link), "backup");
        string safe = SafeFileName.From(name, "");
        if (PartialFileName.IsReserved(safe))
        {
            throw new BackupLinksException(
                ErrorKind.UnsafeFileName, $"'{ScreenText.Excerpt(safe)}' is a name that files on their way have; give the object another FileName.");
        }

        return FileNameDefect.Find(name, safe) is { } defect
            ? throw new BackupLinksException(
                ErrorKind.UnsafeFileName, $"The FileName '{ScreenText.Excerpt(name)}' {defect}; give the object a plain one, such as '{ScreenText.Excerpt(safe)}'.")
            : safe;
    }

    // What the address says was signed by the provider. Text was written by a machine whose culture nobody knows.
    private static DateTimeOffset? ReadExpiry(object? value, Uri link) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is string
            ? PresignedUri.GetExpiry(link) ?? Display.ToTime(value)
            : Display.ToTime(value) ?? PresignedUri.GetExpiry(link);

    /// <summary>A size that somebody wrote; null for none.</summary>
    /// <param name="value">A number or text.</param>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidLink"/>.</exception>
    public static long? ReadSize(object? value)
    {
        string? text = value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw new BackupLinksException(ErrorKind.InvalidLink, $"The Size '{ScreenText.Excerpt(text!, 40)}' is not a number of bytes; give a whole number, or nothing.");
    }

    private static string? ReadHash(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        string hash = text!.Trim();
        hash = hash.Substring(hash.IndexOf(':') + 1);
        return hash.Length is Sha256Length or Md5Length && hash.All(Uri.IsHexDigit)
            ? hash
            : throw new BackupLinksException(
                ErrorKind.InvalidLink, $"-ExpectedHash '{ScreenText.Excerpt(text, 80)}' is neither a SHA-256 nor an MD5; give 64 or 32 hexadecimal digits.");
    }
}
