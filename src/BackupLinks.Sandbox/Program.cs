using BackupLinks.Sandbox;
using BackupLinks.Sandbox.Quickstart;

return args switch
{
    [] or ["quickstart"] => await QuickstartRunner.RunAsync(),
    ["serve", .. var options] => await ServeCommand.RunAsync(options),
    _ => ServeCommand.ShowUsage(),
};
