using System.Management.Automation;
using BackupLinks.Formatting;
using BackupLinks.Links;
using BackupLinks.Text;

namespace BackupLinks.Transfer;

/// <summary>
/// The texts of -WhatIf and -Confirm for the files to save: each with its size, and -WhatIf their total.
/// </summary>
internal sealed class SavePreview(PSCmdlet cmdlet)
{
    private int _count;
    private int _unknown;
    private long _bytes;

    /// <summary>True when the file is to be saved.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="source">Where it comes from.</param>
    public bool ShouldSave(string path, TransferSource source)
    {
        string size = source.Size is { } bytes ? $" ({Display.Size(bytes)})" : "";
        string what = $"Performing the operation \"Save {PresignedUri.Redact(source.Uri)}{size}\" on target "
            + $"\"{ScreenText.Printable(path)}\".";
        string question = $"Are you sure you want to perform this action?\n{what}";
        if (cmdlet.ShouldProcess(what, question, "Confirm", out var reason))
            return true;
        if (reason == ShouldProcessReason.WhatIf)
        {
            _count++;
            if (source.Size is { } known)
                _bytes += known;
            else
                _unknown++;
        }

        return false;
    }

    /// <summary>Says how much all files would be, after -WhatIf.</summary>
    public void Complete()
    {
        if (_count == 0)
            return;
        string total = _unknown == _count
            ? "of unknown size"
            : Display.Size(_bytes) + " in total" + (_unknown > 0 ? $", without {_unknown} of unknown size" : "");
        string what = $"{(_count == 1 ? "1 file" : $"{_count} files")} would be saved, {total}.";
        cmdlet.ShouldProcess(what, what, "Confirm", out _);
    }
}
