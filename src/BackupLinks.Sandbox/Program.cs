using BackupLinks.Sandbox;
using BackupLinks.Sandbox.Quickstart;

return args switch
{
    [] or ["quickstart"] => await QuickstartRunner.RunAsync(),
    ["run", var script, .. var arguments] => RunCommand.Run(script, arguments),
    ["serve", .. var options] => await ServeCommand.RunAsync(options),
    _ => ServeCommand.ShowUsage(),
};
