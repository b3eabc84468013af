using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Formatting;
using BackupLinks.FrontDoor;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the backups of instances of any database service.</summary>
[Cmdlet(VerbsCommon.Get, "CloudBackup", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(CloudBackup))]
public sealed class GetCloudBackupCommand : ResourceCommand
{
    private BackupFilter _filter = new();

    /// <summary>The instances.</summary>
    [Parameter(
        Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        ParameterSetName = IdSet)]
    [AllowEmptyString]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>Only the newest backup that can be downloaded, of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The most age of the newest backup.</summary>
    [Parameter]
    [Age]
    public TimeSpan? MaximumAge { get; set; }

    /// <summary>The earliest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The latest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The kinds of backup that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    private protected override string Accepted => "instances, such as those of Get-CloudInstance";

    private protected override VendorWords GetWords(BackupService service) => service.BackupWords;

    private protected override void PrepareFilter() =>
        _filter = FilterParameters.Backups(Latest, MaximumAge, Since, Until, Status, Type, null, []);

    private protected override void ProcessIds(BackupService service)
    {
        foreach (string id in InstanceId)
            Process(ResourceInput.Of(service, id));
    }

    private protected override void Process(ResourceInput input)
    {
        var instance = new InstanceReference(input.InstanceId ?? "", input.InstanceName);
        if (input.Service.ListsBackups)
        {
            // A caller who names the service, or an age, is told.
            bool isSurvey = ParameterSetName == ObjectSet && MaximumAge is null;
            string[] types = [.. Type.Where(word => !isSurvey || !IsOfOthersOnly(input.Service, word))];
            if (types.Length == 0 && Type.Length > 0)
                this.Tell($"{instance} is left out: {input.Service.Key} has no backups of the type.");
            else
                Send(input.Service.Backups(instance, _filter with { Types = types }), input);
            return;
        }

        var item = RequestItem.Instance(instance) with { Target = input.Target };
        Fail(item, new BackupLinksException(ErrorKind.InvalidRequest, $"{item.Subject} has no list of backups: "
            + $"{input.Service.Key} has none."));
    }

    // Huawei Cloud refuses a word that the service does not have. One that no page lists may be new.
    private static bool IsOfOthersOnly(BackupService service, string word) =>
        service.BackupWords.Type is { } own && !Has(own, word)
        && Registry.Services.Any(other => other.BackupWords.Type is { } words && Has(words, word));

    private static bool Has(IReadOnlyList<string> words, string word) =>
        words.Contains(word, StringComparer.OrdinalIgnoreCase);
}
