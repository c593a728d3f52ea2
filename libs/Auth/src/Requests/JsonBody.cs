using System.Text.Json;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth.Requests;

/// <summary>
/// A small JSON object, read strictly: no member that the route does not know, no member twice, text only. Every fault is named at once;
/// what is read of a faulty body is empty.
/// </summary>
internal sealed class JsonBody
{
    private const int LargestBody = 64 * 1024;
    private const int DeepestBody = 8;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<ProblemError> _errors = [];
    private Problem? _unreadable;

    /// <summary>Why the body is refused; null when it is not. Asked for after the members were read.</summary>
    public Problem? Refusal => _unreadable ?? (_errors.Count > 0 ? new Problem(AuthProblemTypes.Invalid, errors: _errors) : null);

    public static async Task<JsonBody> ReadAsync(HttpContext context, params string[] known)
    {
        var body = new JsonBody();
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        if (await RequestBody.ReadAsync(context, LargestBody, time) is not { } bytes)
        {
            body._unreadable = new Problem(ProblemTypes.TooLarge, $"At most {LargestBody} bytes are read here.");
        }
        else
        {
            body.Parse(bytes, known);
        }

        return body;
    }

    public bool Has(string name) => _members.ContainsKey(name);

    public void Require(params string[] names)
    {
        foreach (var name in names.Where(name => !Has(name)))
        {
            Fault(name, "Missing", "The member is required.");
        }
    }

    public void RequireAny(params string[] names)
    {
        if (!names.Any(Has))
        {
            _errors.Add(new ProblemError("", "NothingToDo", $"One of {string.Join(", ", names)} is required."));
        }
    }

    public string Required(string name, int maxLength)
    {
        Require(name);
        return Optional(name, maxLength) ?? "";
    }

    public string? Optional(string name, int maxLength)
    {
        if (!_members.TryGetValue(name, out var member))
        {
            return null;
        }

        var text = TextOf(member);
        if (text is null)
        {
            Fault(name, "NotText", "The member must be a string of well-formed Unicode.");
        }
        else if (text.Length == 0 || text.Length > maxLength)
        {
            Fault(name, "Length", $"The member must have 1 to {maxLength} characters.");
            return null;
        }

        return text;
    }

    public void Fault(string name, string code, string detail) => _errors.Add(new ProblemError($"/{name}", code, detail));

    private static string? TextOf(JsonElement member)
    {
        try
        {
            return member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, or bytes that are no UTF-8.
            return null;
        }
    }

    private void Parse(byte[] bytes, string[] known)
    {
        try
        {
            using var document = JsonDocument.Parse(
                bytes, new JsonDocumentOptions { MaxDepth = DeepestBody, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                _errors.Add(new ProblemError("", "NotAnObject", "The body must be a JSON object."));
                return;
            }

            Take(document.RootElement.Clone(), known);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _unreadable = new Problem(ProblemTypes.BadRequest, "The body is not JSON, is nested too deeply, or names a member twice.");
        }
    }

    private void Take(JsonElement body, string[] known)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (known.Contains(member.Name, StringComparer.Ordinal))
            {
                _members.Add(member.Name, member.Value);
            }
            else
            {
                // RFC 6901, section 3.
                var pointer = member.Name.Length > 64 ? "" : "/" + member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace(
                    "/", "~1", StringComparison.Ordinal);
                _errors.Add(new ProblemError(pointer, "UnknownMember", "The route has no such member."));
            }
        }
    }
}
