using System;
using System.Globalization;
using System.Management.Automation;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Parameters;

/// <summary>Takes a lifetime as a TimeSpan, as a number of seconds, or as text with its unit: <c>6h</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LifetimeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not TimeSpan lifetime)
        {
            string text = LanguagePrimitives.ConvertTo<string>(inputData) ?? "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
                lifetime = TimeSpan.FromSeconds(seconds);
            else if (!AgeText.TryParse(text, out lifetime)
                && !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out lifetime))
                throw Refusal(
                    $"'{ScreenText.Excerpt(text)}' is not a lifetime; write seconds, or a time with its unit, such as "
                        + "6h.");
        }

        return lifetime > TimeSpan.Zero
            ? lifetime
            : throw Refusal("A lifetime must be more than nothing; write seconds, or a time such as 6h.");
    }

    private static ArgumentTransformationMetadataException Refusal(string message) => new(message);
}
