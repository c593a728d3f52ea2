using System.Text;
using System.Text.Json;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.Testing.Fuzzing;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

/// <summary>Error JSON spoiled at random: e-Sight's is untrusted.</summary>
public sealed class ErrorReportFuzzTests
{
    private const int Mutations = 40_000;

    private static readonly byte[][] Seeds =
    [
        """{"_id":"5f1","header":{"messageId":"electricity_lu_1_01920000-0000-7000-8000-000000000000","received_tsIso8601":"2022-10-01T00:05:00Z"},"errors":[{"errorCode":"E1","errorMessage":"no","datapointKey":"kwh","value":12.50,"tsIso8601":"2022-10-01T00:00:00Z"}]}"""u8.ToArray(),
        """{"_id":"5f2","header":{},"errors":[null,1e5,{"value":-0.10e-3,"other":[{"a":"\u00e9"}]},{}]}"""u8.ToArray(),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whatever_is_posted_has_one_of_the_documented_outcomes(int seed)
    {
        var mutator = new Mutator(seed, JsonWords.All);
        var read = 0;
        for (var n = 0; n < Mutations; n++)
        {
            var body = mutator.Mutate(Seeds[n % Seeds.Length]);
            switch (ErrorReportReader.Read(body))
            {
                case ReadOutcome.Read kept:
                    read++;
                    AssertIsWhatWasWritten(kept.Report, body);
                    break;
                case ReadOutcome.Invalid invalid:
                    Assert.NotEmpty(invalid.Errors);
                    break;
                case ReadOutcome.OverLimit over:
                    Assert.NotEmpty(over.Errors);
                    break;
                default:
                    AssertIsEmpty(body);
                    break;
            }
        }

        Assert.True(read > Mutations / 100, $"Only {read} mutations were read: the fuzz tells too little.");
    }

    [Fact]
    public void A_message_id_tells_no_more_than_what_stands_in_it()
    {
        var mutator = new Mutator(3, JsonWords.All);
        for (var n = 0; n < Mutations; n++)
        {
            var text = Encoding.UTF8.GetString(mutator.Mutate("gas-heating_lu_1_x_01920000-0000-7000-8000-000000000000"u8));

            var identity = MessageIdentity.Of(text);

            Assert.True(identity.Feed is null || text.StartsWith($"{identity.Feed}_{identity.Market}_", StringComparison.Ordinal), text);
            Assert.True(identity.SendId is null || text.EndsWith($"_{identity.SendId:D}", StringComparison.OrdinalIgnoreCase), text);
        }
    }

    private static void AssertIsWhatWasWritten(ErrorReport report, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var errors = document.RootElement.GetProperty("errors");
        Assert.Equal(document.RootElement.GetProperty("_id").GetString(), report.EsightId);
        Assert.Equal(errors.GetArrayLength(), report.Items.Count);
        foreach (var (item, written) in report.Items.Zip(errors.EnumerateArray()))
        {
            if (written.ValueKind == JsonValueKind.Object && written.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number)
            {
                Assert.StartsWith(item.Value!, value.GetRawText(), StringComparison.Ordinal);
            }
        }
    }

    private static void AssertIsEmpty(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).Trim(' ', '\t', '\r', '\n');
        Assert.True(text is "" or "null" || string.Concat(text.Where(c => !char.IsWhiteSpace(c))) is "{}" or "[]", text);
    }
}
