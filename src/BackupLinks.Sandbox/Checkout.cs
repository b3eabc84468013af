using System;
using System.IO;

namespace BackupLinks.Sandbox;

/// <summary>Finds the checkout that this program was built in.</summary>
public static class Checkout
{
    private const string Manifest = "BackupLinks.psd1";

    /// <summary>The folder with the module's manifest.</summary>
    /// <exception cref="InvalidOperationException">The program runs outside of a checkout.</exception>
    public static string Root { get; } = Find();

    /// <summary>The folder of modules that stand in for those that a bare machine lacks.</summary>
    public static string StandIns => Path.Combine(AppContext.BaseDirectory, "StandIns");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Manifest)))
                return folder.FullName;
        }

        throw new InvalidOperationException(
            $"{Manifest} is in no folder above {AppContext.BaseDirectory}; run this from a checkout.");
    }
}
