#:property PublishAot=false
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

// Pushes one message through the send gateway and waits until e-Sight has it. Needs the .NET 10 SDK and no package.
//   GATEWAY=https://… API_KEY=… EDM_USER=… EDM_PASSWORD=… dotnet run samples/Push.cs -- message.json
// Exit code 0: delivered. 1: refused or given up, with the reason.
const int Tries = 5;
using var http = new HttpClient { BaseAddress = new Uri(Setting("GATEWAY")), Timeout = TimeSpan.FromSeconds(40) };
http.DefaultRequestHeaders.Add("x-api-key", Setting("API_KEY"));

var login = JsonSerializer.SerializeToUtf8Bytes(new { username = Setting("EDM_USER"), password = Setting("EDM_PASSWORD") });
using (var answer = await CallAsync(HttpMethod.Post, "/login", login))
{
    answer.EnsureSuccessStatusCode();
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await answer.Content.ReadAsStringAsync());
}

string id;
using (var answer = await CallAsync(HttpMethod.Post, "/api/v1/service/send", await File.ReadAllBytesAsync(args[0])))
{
    var text = await answer.Content.ReadAsStringAsync();
    if (!answer.IsSuccessStatusCode)
    {
        Console.WriteLine(text);
        return 1;
    }

    id = JsonElement.Parse(text).GetProperty("sendId").GetString()!;
    Console.WriteLine($"accepted as {id}");
}

for (var look = 0; look < 60; look++)
{
    using var answer = await CallAsync(HttpMethod.Get, $"/api/v1/service/send/{id}");
    var status = JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    var state = status.GetProperty("state").GetString();
    if (state is not "accepted")
    {
        var arrived = state is "delivered" or "settled";
        Console.WriteLine(arrived ? state : status.GetRawText());
        return arrived ? 0 : 1;
    }

    await Task.Delay(TimeSpan.FromSeconds(1));
}

Console.WriteLine("not delivered yet");
return 1;

// Tried again after Retry-After: a message is taken once, however often it is sent under its messageId.
async Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, byte[]? body = null)
{
    for (var attempt = 1; ; attempt++)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            request.Content = body is null ? null : new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            var answer = await http.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || attempt == Tries)
            {
                return answer;
            }

            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
        catch (HttpRequestException) when (attempt < Tries)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
