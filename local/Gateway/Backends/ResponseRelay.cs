using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>Passes the service's answer on as it comes.</summary>
internal static class ResponseRelay
{
    private const int ChunkHint = 16 * 1024;

    public static async Task CopyAsync(HttpResponseMessage from, HttpResponse to, CancellationToken cancellationToken)
    {
        to.StatusCode = (int)from.StatusCode;
        CopyHeaders(from.Headers.NonValidated, to.Headers);
        CopyHeaders(from.Content.Headers.NonValidated, to.Headers);
        var body = await from.Content.ReadAsStreamAsync(cancellationToken);
        int read;
        while ((read = await ReadAsync(body, to, cancellationToken)) > 0)
        {
            to.BodyWriter.Advance(read);
            await to.BodyWriter.FlushAsync(cancellationToken);
        }

        await to.CompleteAsync();
    }

    /// <summary>Reads into the client's own buffer; while there is nothing to read yet, the headers go ahead.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, HttpResponse to, CancellationToken cancellationToken)
    {
        var reading = body.ReadAsync(to.BodyWriter.GetMemory(ChunkHint), cancellationToken);
        if (!reading.IsCompleted && !to.HasStarted)
        {
            await to.StartAsync(cancellationToken);
        }

        return await reading;
    }

    private static void CopyHeaders(HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            if (!HopHeaders.StopInResponse(name))
            {
                to.Append(name, values.Count == 1 ? new StringValues(values.ToString()) : new StringValues([.. values]));
            }
        }
    }
}
