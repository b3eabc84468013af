using BackupLinks.Credentials;
using BackupLinks.Errors;
using BackupLinks.Text;
using static BackupLinks.Credentials.CredentialFields;

namespace BackupLinks.AlibabaCloud;

/// <summary>An access key of Alibaba Cloud, or the role of a machine, which has temporary ones.</summary>
internal sealed class AlibabaCredential
{
    /// <summary>The setting with the version of the signature.</summary>
    public const string SignatureVersion = "SignatureVersion";

    /// <summary>The setting for addresses inside a private network of the region.</summary>
    public const string VpcEndpoint = "VpcEndpoint";

    /// <summary>The kinds of credential, and where one is looked for when the caller gives none.</summary>
    public static readonly CredentialSchema Schema = new()
    {
        Provider = AlibabaCloudProvider.CloudName,
        SecretName = "AlibabaCloud",
        Kinds =
        [
            new("an access key",
            [
                new(AccessKey)
                {
                    IsExact = true, Variable = "ALIBABA_CLOUD_ACCESS_KEY_ID", Aliases = ["AccessKeyId"],
                },
                new(SecretKey)
                {
                    IsExact = true, Variable = "ALIBABA_CLOUD_ACCESS_KEY_SECRET", Aliases = ["AccessKeySecret"],
                },
            ])
            {
                Optional =
                [
                    new(CredentialFields.SecurityToken) { IsExact = true, Variable = "ALIBABA_CLOUD_SECURITY_TOKEN" },
                ],
            },
            CredentialKind.MachineRole("RamRole"),
        ],
        Settings =
        [
            new(Region) { IsTrimmed = true, IsList = true, Variable = "ALIBABA_CLOUD_REGION_ID" },
            new(Endpoint) { IsTrimmed = true, IsEndpoint = true },
            new(SignatureVersion) { IsTrimmed = true },
            new(VpcEndpoint)
            {
                IsTrimmed = true, IsFlag = true, Variable = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
            },
        ],
    };

    private AlibabaCredential(CredentialFields fields)
    {
        IsVersion1 = ReadVersion(fields);
        Scrubber = new SecretScrubber(fields[SecretKey], fields[CredentialFields.SecurityToken]);
    }

    /// <summary>True for the signature of version 1, which private clouds of older versions need.</summary>
    public bool IsVersion1 { get; }

    /// <summary>Takes the secrets out of text.</summary>
    public SecretScrubber Scrubber { get; }

    /// <summary>Reads a credential.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidSecret"/>.</exception>
    public static AlibabaCredential From(CredentialFields fields)
    {
        Schema.Identify(fields);
        return new AlibabaCredential(fields);
    }

    private static bool ReadVersion(CredentialFields fields) =>
        fields[SignatureVersion]?.Trim().TrimStart('v', 'V') switch
        {
            null or "3" or "3.0" => false,
            "1" or "1.0" => true,
            _ => throw fields.Invalid($"has a '{SignatureVersion}' that is neither 1.0 nor 3.0; store one of them"),
        };
}
