using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.Routes;

/// <summary>
/// Faults for people who develop runbooks: what tests do to the sandbox from C#, over HTTP. Durations are in
/// seconds.
/// </summary>
internal static class AdminRoutes
{
    /// <summary>The first segment of their paths.</summary>
    public const string Prefix = "/_sandbox";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new SecondsConverter() },
    };

    /// <summary>True for requests that are not for a cloud.</summary>
    public static bool Owns(PathString path) => path.StartsWithSegments(Prefix);

    public static void MapAdmin(this WebApplication app, SandboxServer server)
    {
        app.MapPost(Prefix + "/faults", async (HttpContext context) =>
        {
            try
            {
                server.Faults.Add((await JsonSerializer.DeserializeAsync<SandboxFault>(context.Request.Body, Json))!);
                return Results.NoContent();
            }
            catch (JsonException e)
            {
                return Results.Text(e.Message + "\n", statusCode: StatusCodes.Status400BadRequest);
            }
        });
        app.MapDelete(Prefix + "/faults", () =>
        {
            server.Faults.Clear();
            return Results.NoContent();
        });
        app.MapPut(Prefix + "/clock", (double offset) =>
        {
            server.Clock.Offset = TimeSpan.FromSeconds(offset);
            return Results.NoContent();
        });
        app.MapPut(Prefix + "/paging", async (HttpContext context) =>
        {
            try
            {
                server.Paging = (await JsonSerializer.DeserializeAsync<SandboxPaging>(context.Request.Body, Json))!;
                return Results.NoContent();
            }
            catch (JsonException e)
            {
                return Results.Text(e.Message + "\n", statusCode: StatusCodes.Status400BadRequest);
            }
        });
    }

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.TotalSeconds);
    }
}
