namespace BackupLinks.CapitalOnline;

/// <summary>The member that every response of Capital Online has.</summary>
internal interface ICapitalOnlineResponse
{
    /// <summary><see cref="CapitalOnlineCodes.Success"/>, or the code of an error; null when it is missing.</summary>
    string? Code { get; }
}
