using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>
/// The region in a path, for endpoints such as <c>http://127.0.0.1:5000/{service}/{region}</c>. All regions have the
/// same in them.
/// </summary>
internal static partial class RegionSegment
{
    /// <summary>Takes the region out of the path, behind the name of a service.</summary>
    public static void Remove(HttpRequest request)
    {
        string path = request.Path.Value ?? "";
        request.HttpContext.Items[typeof(RegionSegment)] = path;
        string[] parts = path.Split('/');
        if (parts.Length > 3 && Region().IsMatch(parts[2]) && Version().IsMatch(parts[3]))
            request.Path = string.Join('/', parts.Where((_, index) => index != 2));
    }

    /// <summary>The path with its region.</summary>
    public static string OriginalPath(HttpContext context) =>
        context.Items[typeof(RegionSegment)] as string ?? context.Request.Path.Value ?? "";

    [GeneratedRegex(@"^[a-z]+-[a-z]+-\d+$")]
    private static partial Regex Region();

    [GeneratedRegex(@"^v\d")]
    private static partial Regex Version();
}
