using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Hosting;

/// <summary>Reads bodies up to a limit, and drops the rest of one that is over it.</summary>
public static class RequestBody
{
    private const int FirstBuffer = 16 * 1024;
    private const int DrainLimit = 32 * 1024 * 1024;
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);
    private static readonly object Compressed = new();

    /// <summary>Takes compressed bodies; add it before the routes that read them.</summary>
    /// <param name="app">The service; it has called AddRequestDecompression.</param>
    public static IApplicationBuilder UseCompressedBodies(this IApplicationBuilder app) => app
        .Use((context, next) =>
        {
            // The declared length is that of the compressed bytes, which nobody reads.
            if (context.Request.Headers.ContentEncoding.Count > 0)
            {
                context.Request.ContentLength = null;
                context.Items[Compressed] = true;
            }

            return next(context);
        })
        .UseRequestDecompression();

    /// <summary>Reads the whole body; one that is over the limit is read off the wire and dropped.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The most bytes that are taken, after decompression.</param>
    /// <param name="timeProvider">The clock that bounds the drain of a body that is too large.</param>
    /// <returns>The bytes, in an array of their own; null when there are more than the limit.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int limit, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(context);
        TakeOverLimit(context);
        if (context.Request.ContentLength > limit)
        {
            await DrainAsync(context, timeProvider);
            return null;
        }

        var buffer = new byte[(int)(context.Request.ContentLength ?? FirstBuffer)];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(limit + 1, Math.Max(FirstBuffer, 2 * buffer.Length)));
            }

            var read = await ReadSomeAsync(context, buffer.AsMemory(length), context.RequestAborted);
            length += read;
            if (read == 0)
            {
                return length == buffer.Length ? buffer : buffer[..length];
            }

            if (length > limit)
            {
                await DrainAsync(context, timeProvider);
                return null;
            }

            if (length == context.Request.ContentLength)
            {
                return buffer;
            }
        }
    }

    /// <summary>
    /// Reads and drops what is left of the body, up to 32 MiB or 5 s: closing earlier, the client would see a broken pipe instead of the
    /// 413.
    /// </summary>
    /// <param name="context">The request whose body was found too large.</param>
    /// <param name="timeProvider">The clock that bounds the drain.</param>
    public static async Task DrainAsync(HttpContext context, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(context);
        TakeOverLimit(context);
        using var timeout = new CancellationTokenSource(DrainTime, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var dropped = 0L;
            int read;
            while (dropped < DrainLimit && (read = await ReadSomeAsync(context, buffer, stop.Token)) > 0)
            {
                dropped += read;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client went away or is too slow: there is nobody left to be polite to.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// A damaged compressed body is the client's fault: gzip and deflate throw the one exception for it, Brotli the other.
    /// </summary>
    private static async ValueTask<int> ReadSomeAsync(HttpContext context, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or InvalidOperationException && context.Items.ContainsKey(Compressed))
        {
            throw new BadHttpRequestException(
                "The body is not what its Content-Encoding says.", StatusCodes.Status400BadRequest, exception);
        }
    }

    /// <summary>The server's own limit counts the framing of chunks too, and would cut the drain short.</summary>
    private static void TakeOverLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
