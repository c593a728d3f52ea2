using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Replies;

/// <summary>An answer of the gateway's own: <c>{"code":401,"message":"…"}</c>.</summary>
internal sealed record GatewayReply(int Status, string Message)
{
    /// <summary>The challenge to send along; null for none.</summary>
    public string? Challenge { get; init; }

    public bool CloseConnection { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json";
        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        if (CloseConnection)
        {
            response.Headers.Connection = "close";
        }

        var body = ToJson();
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Envoy's formatter ends the document with a line feed.</summary>
    private byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(new { code = Status, message = Message }), (byte)'\n'];
}
