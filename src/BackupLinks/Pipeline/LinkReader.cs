using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using BackupLinks.Errors;
using BackupLinks.Links;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Pipeline;

/// <summary>
/// Makes something to save of what comes down the pipeline: a link of this module, one that has been through
/// CliXml or a job, a row of a CSV file, or an address.
/// </summary>
internal sealed class LinkReader(LinkAsker asker)
{
    private const string Deserialized = "Deserialized.";
    private const string Intranet = "Intranet";
    private const int Sha256Length = 64;
    private const int Md5Length = 32;

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
                ErrorKind.InvalidLink, $"A property of an object of type {item.TypeNames.FirstOrDefault()} cannot be read ({new SecretScrubber().Excerpt(e.Message, 80).TrimEnd('.')}); pipe links of this module, or objects with the properties Uri and FileName.");
        }
    }

    private TransferSource ReadProperties(PSObject item, string? expectedHash, bool isTyped)
    {
        bool isAddress = item.BaseObject is string or Uri;
        object? address = isAddress ? item.BaseObject : item.Properties["Uri"]?.Value;
        string? text = (address is PSObject { BaseObject: Uri boxed } ? boxed : address) is Uri uri ? uri.OriginalString : address?.ToString();
        if (!PresignedUri.TryParse(text, out var link))
        {
            throw new BackupLinksException(
                ErrorKind.InvalidLink,
                string.IsNullOrWhiteSpace(text)
                    ? $"An object of type {item.TypeNames.FirstOrDefault()} has no {(item.Properties["Uri"] is null ? "property Uri" : "address in its property Uri")}; pipe links of this module, or objects with the properties Uri and FileName."
                    : $"'{new SecretScrubber().Excerpt(text!, 80)}' is not the address of a file; an address begins with https://, and a folder to save to is given with -Destination.");
        }

        if (isAddress)
            return new TransferSource { Uri = link!, FileName = NameFrom(link!, null), ExpiresAt = PresignedUri.GetExpiry(link!), ExpectedHash = ReadHash(expectedHash) };
        var renewal = item.TypeNames.Select(LinkRenewal.For).FirstOrDefault(known => known is not null);
        string fileName = NameFrom(link!, Text(item, "FileName"));
        long? size = ReadSize(item.Properties["Size"]?.Value);
        return new TransferSource
        {
            Uri = link!,
            FileName = fileName,
            Size = size,
            // A size out of a table may be that of a service that counts in KB. One that somebody typed is meant.
            SizeUnit = renewal?.SizeUnit ?? (size % 1024 == 0 && !isTyped ? 1024 : 1),
            ExpiresAt = Display.ToTime(item.Properties["ExpiresAt"]?.Value) ?? PresignedUri.GetExpiry(link!),
            ExpectedHash = ReadHash(expectedHash),
            IsIntranet = string.Equals(Text(item, "Network"), Intranet, StringComparison.OrdinalIgnoreCase),
            Service = Uri.TryCreate(Text(item, "Endpoint"), UriKind.Absolute, out var service) ? service : null,
            AskAgain = renewal is null ? null : asker.For(item, renewal, fileName),
            Ids = new SourceIds(Text(item, "InstanceId"), Text(item, "BackupId"), Text(item, "LogId")),
        };
    }

    /// <summary>
    /// The object as an error may hold it: without signatures, wherever the error is shown, logged or written to. What
    /// says where it is from stays, so that the object can be saved once more where its link can be renewed.
    /// </summary>
    public static object WithoutSignature(PSObject item)
    {
        if (item.BaseObject is string or Uri)
            return Redact(item.BaseObject) ?? new SecretScrubber().Excerpt(item.ToString(), 80);
        if (item.Properties["Uri"] is null)
            return item;
        var copy = new PSObject();
        foreach (var property in item.Properties)
        {
            object? value = ValueOf(property);
            copy.Properties.Add(new PSNoteProperty(property.Name, property.Name.EndsWith("Uri", StringComparison.OrdinalIgnoreCase) ? Redact(value) : value));
        }

        bool isLink = item.TypeNames.Any(name => LinkRenewal.For(name) is not null);
        if (isLink)
        {
            copy.TypeNames.Clear();
            foreach (string name in item.TypeNames)
                copy.TypeNames.Add(name.StartsWith(Deserialized, StringComparison.Ordinal) ? name : Deserialized + name);
        }

        return copy;
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null; // a script that fails
        }
    }

    private static string? Redact(object? address) =>
        PresignedUri.TryParse((address as Uri)?.OriginalString ?? address?.ToString(), out var uri) ? PresignedUri.Redact(uri!) : null;

    private static string? Text(PSObject item, string name) =>
        item.Properties[name]?.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static string NameFrom(Uri link, string? name)
    {
        if (name is null)
            name = SafeFileName.From(PresignedUri.GetLeafName(link), "backup");
        string safe = SafeFileName.From(name, "");
        if (PartialFile.IsReserved(safe))
        {
            throw new BackupLinksException(
                ErrorKind.UnsafeFileName, $"'{safe}' is a name that files on their way have; give the object another FileName.");
        }

        if (safe == name.Normalize(NormalizationForm.FormC) || (Encoding.UTF8.GetByteCount(name) > SafeFileName.MaxBytes && name.IndexOfAny(['/', '\\', ':']) < 0))
            return safe;
        throw new BackupLinksException(
            ErrorKind.UnsafeFileName,
            $"'{new SecretScrubber().Excerpt(name, 80)}' is not the plain name of a file on every system; give the object a FileName without folders, device names and special characters, such as '{safe}'.");
    }

    private static long? ReadSize(object? value)
    {
        string? text = value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString();
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long size)
            ? size
            : throw new BackupLinksException(ErrorKind.InvalidLink, $"The Size '{new SecretScrubber().Excerpt(text!, 40)}' is not a number of bytes; give a whole number, or nothing.");
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
                ErrorKind.InvalidLink, $"-ExpectedHash '{new SecretScrubber().Excerpt(text, 80)}' is neither a SHA-256 nor an MD5; give 64 or 32 hexadecimal digits.");
    }
}
