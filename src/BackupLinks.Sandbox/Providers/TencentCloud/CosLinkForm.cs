namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>The spelling of a link of COS; the services differ in it.</summary>
/// <param name="IsOneParameter">
/// True for all of the signature in one parameter, and for escapes in lower case, also of the slashes of the key.
/// </param>
/// <param name="HasHost">True for a signature that covers the host.</param>
internal readonly record struct CosLinkForm(bool IsOneParameter = false, bool HasHost = false);
