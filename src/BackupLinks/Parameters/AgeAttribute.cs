using System;
using System.Management.Automation;
using BackupLinks.Text;
using BackupLinks.Time;

namespace BackupLinks.Parameters;

/// <summary>
/// Takes an age as a TimeSpan, or as text: <c>26h</c>, <c>1d12h</c>. A bare number is refused: the shell would take 26
/// for ticks, and '26' for days.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AgeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is not TimeSpan age)
        {
            // As it was typed: to the shell, 1d is a number.
            string text = LanguagePrimitives.ConvertTo<string>(inputData) ?? "";
            if (!AgeText.TryParse(text, out age))
            {
                throw Refusal(
                    $"'{ScreenText.Excerpt(text)}' is not an age; write it with its unit, such as {AgeText.Forms}.");
            }
        }

        return age > TimeSpan.Zero
            ? age
            : throw Refusal($"An age must be greater than zero; write it with its unit, such as {AgeText.Forms}.");
    }

    private static ArgumentTransformationMetadataException Refusal(string message) => new(message);
}
