using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Hosting.Tests;

public sealed class ServiceHostingTests(SmallService service) : IClassFixture<SmallService>
{
    [Fact]
    public async Task S37_a_fault_is_a_500_with_an_id_and_no_detail()
    {
        using var answer = await service.Client.GetAsync(new Uri("/fault", UriKind.Relative));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("inside", text, StringComparison.Ordinal);
        Assert.NotEmpty(JsonSerializer.Deserialize<JsonElement>(text).GetProperty("instance").GetString()!);
    }

    [Fact]
    public async Task S37_a_dependency_that_is_down_is_a_503_that_says_when_to_come_back_and_not_what_is_down()
    {
        using var answer = await service.Client.GetAsync(new Uri("/down", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "3"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        Assert.DoesNotContain("10.0.0.7", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_document()
    {
        using var answer = await service.Client.GetAsync(new Uri("/refused", UriKind.Relative));

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("7", answer.Headers.RetryAfter?.ToString());
        Assert.Equal(
            ("/reasons#TooManyRequests", 429), (problem.GetProperty("type").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.Equal("TooFast", problem.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_JSON_answer_comes_in_one_piece_with_nothing_in_it_that_a_page_takes_for_markup()
    {
        using var answer = await service.Client.GetAsync(new Uri("/made", UriKind.Relative));

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/made/1", answer.Headers.Location?.OriginalString);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Null(answer.Headers.TransferEncodingChunked);
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.Equal(SmallService.Made, JsonSerializer.Deserialize<string>(body));
        Assert.DoesNotContain('<', body);
    }

    [Fact]
    public async Task S30_no_answer_names_the_server_or_may_be_stored()
    {
        using var answer = await service.Client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(":-)", await answer.Content.ReadAsStringAsync());
        Assert.Empty(answer.Headers.Server);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task An_unknown_route_is_a_problem_too()
    {
        using var answer = await service.Client.GetAsync(new Uri("/nowhere", UriKind.Relative));

        Assert.Equal("NotFound", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(4096, "4096")]
    public async Task A_body_up_to_the_limit_is_read_whole(int bytes, string length)
    {
        using var declared = await service.Client.PostAsync(new Uri("/length", UriKind.Relative), new ByteArrayContent(new byte[bytes]));
        using var chunked = await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri("/length", UriKind.Relative))
        {
            Content = new ByteArrayContent(new byte[bytes]),
            Headers = { TransferEncodingChunked = true },
        });

        Assert.Equal(length, await declared.Content.ReadAsStringAsync());
        Assert.Equal(length, await chunked.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(4097)]
    [InlineData(8 * 1024 * 1024)]
    public async Task A_body_over_the_limit_is_413_and_the_client_reads_the_answer(int bytes)
    {
        using var answer = await service.Client.PostAsync(new Uri("/length", UriKind.Relative), new ByteArrayContent(new byte[bytes]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData(3000, HttpStatusCode.OK)]
    [InlineData(1_000_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task The_limit_is_that_of_the_inflated_body(int bytes, HttpStatusCode status)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[bytes]);
        }

        using var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await service.Client.PostAsync(new Uri("/length", UriKind.Relative), content);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_is_not_what_its_encoding_says_is_the_clients_fault(string encoding)
    {
        using var content = new ByteArrayContent("{ nothing of the kind"u8.ToArray());
        content.Headers.ContentEncoding.Add(encoding);
        using var answer = await service.Client.PostAsync(new Uri("/length", UriKind.Relative), content);

        Assert.Equal(
            (HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task An_odd_byte_in_a_header_is_no_reason_to_refuse()
    {
        using var latin1 = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1 };
        using var client = new HttpClient(latin1) { BaseAddress = service.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/health", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("User-Agent", "\u00e9");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
