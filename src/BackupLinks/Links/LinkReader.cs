using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Checksums;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.Parameters;
using BackupLinks.Providers;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Links;

/// <summary>
/// Makes the source of a transfer of an object in the pipeline: a link of this module, one that has been through
/// CliXml or a job, a row of a CSV file, or an address.
/// </summary>
/// <param name="kinds">The kinds of link that there are.</param>
/// <param name="renewer">Renews links; null where no link is renewed.</param>
internal sealed class LinkReader(LinkKindRegistry kinds, LinkRenewer? renewer)
{
    /// <summary>The warning about intranet links with plain http.</summary>
    public const string IntranetWarning =
        "Intranet links use plain http: anyone on that network can read and change the files during the download.";

    /// <summary>Reads an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="expectedHash">The hash that was given with it, or null.</param>
    /// <param name="isTyped">True for the command's own parameters, false for an object that was piped in.</param>
    /// <exception cref="BackupLinksException">
    /// <see cref="ErrorKind.InvalidLink"/> or <see cref="ErrorKind.UnsafeFileName"/>.
    /// </exception>
    public TransferSource Read(PSObject item, string? expectedHash, bool isTyped)
    {
        try
        {
            bool isAddress = item.BaseObject is string or Uri;
            var link = ReadAddress(item, isAddress);
            return isAddress ? FromAddress(link, expectedHash) : FromObject(item, link, expectedHash, isTyped);
        }
        catch (GetValueException e)
        {
            string reason = ScreenText.Excerpt(e.Message, 80).TrimEnd('.');
            throw new BackupLinksException(
                ErrorKind.InvalidLink,
                $"A property of {Describe(item)} cannot be read ({reason}); "
                + "pipe links of this module, or objects with the properties Uri and FileName.");
        }
    }

    /// <summary>
    /// The kind of link that an object is, or was before it went through CliXml; null for any other object.
    /// </summary>
    public LinkKind? KindOf(PSObject item) =>
        item.TypeNames.Select(kinds.FindType).FirstOrDefault(kind => kind is not null);

    /// <summary>The instance, backup and log that an object names.</summary>
    public static SourceIds IdsOf(PSObject item)
    {
        return new SourceIds(Read("InstanceId"), Read("BackupId"), Read("LogId"))
        {
            InstanceName = Read("InstanceName"),
            BackupTime = PropertyValue.TryTime(item, "BackupTime") ?? PropertyValue.TryTime(item, "StartTime"),
        };

        string? Read(string name) => PropertyValue.TryText(item, name);
    }

    /// <summary>
    /// The value of a property as its kind of link has it. An object from CliXml has text, or a bag of properties,
    /// for a time, and text or a number for a choice.
    /// </summary>
    /// <param name="kind">The kind of link; null for any other object.</param>
    /// <param name="property">The property.</param>
    public static object? Typed(LinkKind? kind, PSPropertyInfo? property)
    {
        object? value = property is null ? null : PropertyValue.Of(property);
        var type = value is null ? null : LinkKind.TypeOf(kind, property!.Name);
        if (type == typeof(DateTimeOffset?) && Display.ToTime(value) is { } time)
            return time;
        if (type is { IsEnum: true }
            && LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object choice))
            return choice;
        return value switch
        {
            PSObject { BaseObject: PSCustomObject } bag => bag.ToString(),
            PSObject wrapped => wrapped.BaseObject,
            _ => value,
        };
    }

    private Uri ReadAddress(PSObject item, bool isAddress)
    {
        string? text = PropertyValue.AddressText(isAddress ? item.BaseObject : item.Properties["Uri"]?.Value);
        if (PresignedUri.TryParse(text, out var link))
            return link!;
        bool hasUri = item.Properties["Uri"] is not null;
        if (!hasUri && NamedKind.Of(item) is { } wrong)
            throw new BackupLinksException(ErrorKind.InvalidLink, $"An object in the pipeline is not a link: {wrong}.");
        string folder = renewer is null ? "" : ", and a folder to save to is given with -Destination";
        throw new BackupLinksException(
            ErrorKind.InvalidLink,
            string.IsNullOrWhiteSpace(text)
                ? $"{Capitalize(Describe(item))} has no {(hasUri ? "address in its property Uri" : "property Uri")}; "
                    + "pipe links of this module, or objects with the properties Uri and FileName."
                : $"'{ScreenText.Excerpt(text!, 80)}' is not the address of a file; an address begins with "
                + $"https://{folder}.");
    }

    private static TransferSource FromAddress(Uri link, string? expectedHash) => new()
    {
        Uri = link,
        FileName = LinkValues.ReadName(link, null),
        ExpiresAt = PresignedUri.GetExpiry(link),
        ExpectedHash = LinkValues.ReadHash(expectedHash),
    };

    private TransferSource FromObject(PSObject item, Uri link, string? expectedHash, bool isTyped)
    {
        var kind = KindOf(item);
        string fileName = LinkValues.ReadName(link, PropertyValue.Text(item, "FileName"));
        long? size = LinkValues.ReadSize(item.Properties["Size"]?.Value);
        return new TransferSource
        {
            Uri = link,
            FileName = fileName,
            Size = size,
            // A size out of a table may be that of a service that counts in KB. A typed one is exact.
            SizeUnit = kind?.SizeUnit ?? (size % 1024 == 0 && !isTyped ? 1024 : 1),
            ExpiresAt = ReadExpiry(item.Properties["ExpiresAt"]?.Value, link),
            ExpectedHash = LinkValues.ReadHash(expectedHash),
            Checksums = ReadChecksums(item, kind),
            IsIntranet = ErrorTarget.OriginOf(item) is { IsIntranet: true },
            Service = Uri.TryCreate(PropertyValue.Text(item, "Endpoint"), UriKind.Absolute, out var service)
                ? service
                : null,
            Renew = kind is null ? null : renewer?.For(item, kind, fileName),
            Ids = IdsOf(item),
            Details = DetailsOf(item, kind),
        };
    }

    // Text that is not a checksum is ignored: the size, the store and the test remain.
    private static IReadOnlyList<StatedChecksum> ReadChecksums(PSObject item, LinkKind? kind) =>
    [
        .. from checksum in kind?.Checksums ?? []
           let value = ChecksumAlgorithm.Normalize(checksum.Algorithm, PropertyValue.TryText(item, checksum.Property))
           where value is not null
           select new StatedChecksum(
               checksum.Algorithm, value,
               kind!.HasDoubtfulChecksums ? ChecksumOrigin.ProviderPerhaps : ChecksumOrigin.Provider),
    ];

    private static SourceDetails DetailsOf(PSObject item, LinkKind? kind)
    {
        var service = kind?.Service
            ?? (PropertyValue.TryText(item, "Service") is { } key ? Clouds.Registry.FindService(key) : null);
        return new SourceDetails
        {
            Cloud = service?.Provider.Key,
            Service = service?.Key,
            Region = PropertyValue.TryText(item, "Region"),
            Engine = PropertyValue.TryText(item, "Engine"),
            Kind = PropertyValue.TryText(item, "BackupKind"),
            Type = PropertyValue.TryText(item, "BackupType"),
            Part = PropertyValue.TryText(item, "BackupPart"),
            EndTime = PropertyValue.TryTime(item, "EndTime"),
            FileCount = int.TryParse(PropertyValue.TryText(item, "FileCount"), out int count) ? count : null,
        };
    }

    // The expiry in the address was signed by the provider. Text was written by a machine whose culture is not known.
    private static DateTimeOffset? ReadExpiry(object? value, Uri link) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) is string
            ? PresignedUri.GetExpiry(link) ?? Display.ToTime(value)
            : Display.ToTime(value) ?? PresignedUri.GetExpiry(link);

    private static string Describe(PSObject item) =>
        $"an object of type {ScreenText.Excerpt(item.TypeNames.FirstOrDefault())}";

    private static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
