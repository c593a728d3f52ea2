using System.Globalization;
using System.Text;

namespace EnergyLoad.Testing.Telemetry;

/// <summary>
/// Reads export requests of OTLP (opentelemetry-proto, collector/trace and collector/metrics); the numbers are its fields'.
/// </summary>
internal static class OtlpReading
{
    public static IEnumerable<ExportedSpan> Spans(ReadOnlyMemory<byte> request) =>
        from resource in ProtoReader.Messages(request, 1)
        let service = ServiceOf(resource)
        from scope in ProtoReader.Messages(resource, 2)
        from span in ProtoReader.Messages(scope, 2)
        select new ExportedSpan(
            service, Text(span, 5), Hex(span, 1), Hex(span, 2), [.. ProtoReader.Messages(span, 13).Select(link => Hex(link, 1))], Attributes(span, 9));

    public static IEnumerable<ExportedMetric> Metrics(ReadOnlyMemory<byte> request) =>
        from resource in ProtoReader.Messages(request, 1)
        let service = ServiceOf(resource)
        from scope in ProtoReader.Messages(resource, 2)
        from metric in ProtoReader.Messages(scope, 2)
        from data in ProtoReader.Fields(metric)
        where data.Number is 5 or 7 or 9
        from point in ProtoReader.Messages(data.Bytes, 1)
        select new ExportedMetric(
            service,
            Text(metric, 1),
            Text(metric, 3),
            ValueOf(point, isHistogram: data.Number == 9),
            Attributes(point, data.Number == 9 ? 9 : 7));

    private static string ServiceOf(ReadOnlyMemory<byte> resource) =>
        ProtoReader.Messages(resource, 1).Select(inner => Attributes(inner, 1).GetValueOrDefault("service.name")).FirstOrDefault() ?? "";

    private static double ValueOf(ReadOnlyMemory<byte> point, bool isHistogram)
    {
        foreach (var field in ProtoReader.Fields(point))
        {
            switch (field.Number)
            {
                case 4 when isHistogram:
                    return field.Value;
                case 4:
                    return BitConverter.UInt64BitsToDouble(field.Value);
                case 6 when !isHistogram:
                    return (long)field.Value;
            }
        }

        return 0;
    }

    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> message, int number) =>
        ProtoReader.Messages(message, number).DistinctBy(pair => Text(pair, 1)).ToDictionary(
            pair => Text(pair, 1), pair => ValueText(ProtoReader.Messages(pair, 2).FirstOrDefault()));

    private static string ValueText(ReadOnlyMemory<byte> value) => ProtoReader.Fields(value).Select(field => field.Number switch
    {
        1 => Encoding.UTF8.GetString(field.Bytes.Span),
        4 => BitConverter.UInt64BitsToDouble(field.Value).ToString(CultureInfo.InvariantCulture),
        _ => field.Value.ToString(CultureInfo.InvariantCulture),
    }).FirstOrDefault() ?? "";

    private static string Text(ReadOnlyMemory<byte> message, int number) =>
        Encoding.UTF8.GetString(ProtoReader.Messages(message, number).FirstOrDefault().Span);

    private static string Hex(ReadOnlyMemory<byte> message, int number) =>
        Convert.ToHexStringLower(ProtoReader.Messages(message, number).FirstOrDefault().Span);
}
