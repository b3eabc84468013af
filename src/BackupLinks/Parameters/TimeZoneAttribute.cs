using System;
using System.Management.Automation;
using System.Security;
using BackupLinks.Text;

namespace BackupLinks.Parameters;

/// <summary>Takes a time zone as an object or by its id: <c>Europe/Berlin</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeZoneAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is TimeZoneInfo zone)
            return zone;
        string id = (LanguagePrimitives.ConvertTo<string>(inputData) ?? "").Trim();
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException)
        {
            throw new ArgumentTransformationMetadataException(
                $"This machine does not know the time zone '{ScreenText.Excerpt(id)}'; Get-TimeZone -ListAvailable "
                    + "lists those that it knows.");
        }
    }
}
