using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Exchange;

/// <summary>The report as JSON: each file's sums and every problem by its line. Streamed, because a bad file of a million rows has a million problems.</summary>
internal static class ImportReport
{
    public static async Task Write(StrongroomDb db, ImportResult result, Stream output, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var file in result.Files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.File);
            json.WriteNumber("rows", file.Rows);
            json.WriteNumber("imported", file.Imported);
            json.WriteNumber("unchanged", file.Unchanged);
            json.WriteNumber("rejected", file.Rejected);
            json.WriteStartArray("problems");
            if (result.Id is { } import)
            {
                var rows = from problem in db.Set<ImportProblem>().AsNoTracking()
                           join of in db.Set<ImportedFile>() on problem.File equals of.Id
                           where of.Import == import && of.Name == file.File
                           orderby problem.Line, problem.Number
                           select problem;
                await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel)) One(json, row.Line, row.Column, row.Severity, row.Message);
            }
            foreach (var (_, problem) in result.Problems.Where(one => one.File == file.File).OrderBy(one => one.Problem.Line))
                One(json, problem.Line, problem.Column, problem.Severity, problem.Message);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void One(Utf8JsonWriter json, int line, string column, ProblemSeverity severity, string message)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        json.WriteString("column", column);
        json.WriteString("severity", severity == ProblemSeverity.Error ? "error" : "warning");
        json.WriteString("message", message);
        json.WriteEndObject();
    }
}
