using System.Text;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Tests;

public sealed class MessageReaderTests
{
    private static readonly DateTimeOffset Now = new(2022, 10, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_is_read_with_its_urns_its_period_and_its_bytes()
    {
        var body = Sample.Message();

        var message = Valid(body).Message;

        Assert.Equal("electricity_lu_20221001_000123", message.MessageId);
        Assert.Equal(new GatewayUrns("lu", "electricity", "VPC", "LU_VPC_Elec_4"), message.Urns);
        Assert.Equal(2, message.Readings);
        Assert.Equal(new DateTimeOffset(2022, 10, 1, 0, 0, 0, TimeSpan.Zero), message.FirstInstant);
        Assert.Equal(new DateTimeOffset(2022, 10, 1, 0, 30, 0, TimeSpan.Zero), message.LastInstant);
        Assert.Equal(body, Encoding.UTF8.GetString(message.Body.Span));
    }

    [Theory]
    [InlineData("electricity_lu_1")]
    [InlineData("electricity_lu_\\u00e9\\\"x")]
    [InlineData("electricity_lu_é")]
    public void The_splice_lies_before_the_quote_that_closes_the_message_id(string written)
    {
        var message = Valid(Sample.Message(messageId: written)).Message;

        var before = Encoding.UTF8.GetString(message.Body.Span[..message.SpliceAt]);
        Assert.EndsWith(written, before, StringComparison.Ordinal);
        Assert.Equal((byte)'"', message.Body.Span[message.SpliceAt]);
    }

    [Fact]
    public void In_a_batch_a_messages_bytes_are_its_slice_without_the_white_space()
    {
        var (first, second) = (Sample.Message(messageId: "electricity_lu_1"), Sample.Message(messageId: "electricity_lu_2"));
        var batch = Assert.IsType<Push.Batch>(Push.ReadJson(Encoding.UTF8.GetBytes($" [ {first} ,\n\t{second}\r\n] "), Now));

        var bodies = batch.Readings.Select(reading => Assert.IsType<MessageReading.Valid>(reading).Message).ToArray();
        Assert.Equal([first, second], bodies.Select(message => Encoding.UTF8.GetString(message.Body.Span)));
        Assert.All(bodies, message => Assert.Equal((byte)'"', message.Body.Span[message.SpliceAt]));
    }

    [Fact]
    public void A_faulty_line_of_ndjson_does_not_spoil_the_others()
    {
        var batch = Assert.IsType<Push.Batch>(
            Push.ReadLines(Encoding.UTF8.GetBytes($"{Sample.Message()}\r\n\n{{oops\n{Sample.Message()}"), Now));

        Assert.Collection(
            batch.Readings,
            reading => Assert.IsType<MessageReading.Valid>(reading),
            Assert.Null,
            reading => Assert.IsType<MessageReading.Valid>(reading));
    }

    [Theory]
    [InlineData("\"messageType\":\"gatewayDataUpdate\"", "\"messageType\":7", "/messageType", "NoMessageType")]
    [InlineData("\"messageType\":\"gatewayDataUpdate\"", "\"other\":1", "/messageType", "NoMessageType")]
    [InlineData("\"messageId\"", "\"MessageId\"", "/header/messageId", "NoMessageId")]
    [InlineData("electricity_lu_20221001_000123", " ", "/header/messageId", "NoMessageId")]
    [InlineData("\"gatewayTypeUrn\"", "\"typeUrn\"", "/header/gatewayTypeUrn", "NoGatewayTypeUrn")]
    [InlineData("\"gatewayUrn\"", "\"urn\"", "/header/gatewayUrn", "NoGatewayUrn")]
    [InlineData("urn:esight:assets:edm:lu:electricity", "urn:other:lu:electricity", "/header/gatewayTypeUrn", "InvalidGatewayTypeUrn")]
    [InlineData("urn:esight:assets:edm:lu:electricity", "urn:esight:assets:edm::electricity", "/header/gatewayTypeUrn", "NoLocalMarket")]
    [InlineData("urn:esight:assets:edm:lu:electricity", "urn:esight:assets:edm:lu", "/header/gatewayTypeUrn", "NoDataFeedType")]
    [InlineData("urn:esight:assets:edm:lu:electricity", "urn:esight:assets:edm:lu:a-b-c", "/header/gatewayTypeUrn", "NoDataFeedType")]
    [InlineData("urn:esight:edm:VPC:LU_VPC_Elec_4", "urn:esight:edm:VPC:", "/header/gatewayUrn", "NoMeterIDInJson")]
    [InlineData("urn:esight:edm:VPC:LU_VPC_Elec_4", "LU_VPC_Elec_4", "/header/gatewayUrn", "NoMeterIDInJson")]
    [InlineData("urn:esight:edm:VPC:LU_VPC_Elec_4", "urn:esight:edm::LU_VPC_Elec_4", "/header/gatewayUrn", "NoSiteIDInJson")]
    [InlineData("\"datapointValues\"", "\"values\"", "/gatewayData/datapointValues", "NoDatapointValues")]
    [InlineData("\"value\":12.5", "\"value\":\"12.5\"", "/gatewayData/datapointValues/0/value", "InvalidValue")]
    [InlineData("\"value\":12.5", "\"value\":null", "/gatewayData/datapointValues/0/value", "InvalidValue")]
    [InlineData("\"value\":12.5", "\"value\":1e400", "/gatewayData/datapointValues/0/value", "InvalidValue")]
    [InlineData("\"value\":12.5", "\"value\":1e99999999999999999999", "/gatewayData/datapointValues/0/value", "InvalidValue")]
    [InlineData("\"value\":12.5,", "", "/gatewayData/datapointValues/0/value", "InvalidValue")]
    [InlineData("\"datapointKey\":\"kwh\",\"value\":12.5", "\"value\":12.5", "/gatewayData/datapointValues/0/datapointKey", "NoDatapointKey")]
    [InlineData("\"datapointKey\":\"kwh\",\"value\":12.5", "\"datapointKey\":\"\",\"value\":12.5", "/gatewayData/datapointValues/0/datapointKey", "NoDatapointKey")]
    [InlineData("2022-10-01T00:00:00Z", "2022-10-01T00:00:00", "/gatewayData/datapointValues/0/tsIso8601", "InvalidTimestamp")]
    [InlineData("2022-10-01T00:00:00Z", "2022-13-01T00:00:00Z", "/gatewayData/datapointValues/0/tsIso8601", "InvalidTimestamp")]
    [InlineData("2022-10-01T00:00:00Z", "1889-10-01T00:00:00Z", "/gatewayData/datapointValues/0/tsIso8601", "TimestampOutOfRange")]
    [InlineData("\"header\":{", "\"header\":{\"messageId\":\"electricity_lu_0\",", "/header/messageId", "DuplicateMember")]
    [InlineData("\"value\":12.5", "\"value\":12.5,\"value\":12.5", "/gatewayData/datapointValues/0/value", "DuplicateMember")]
    [InlineData("\"value\":12.5", "\"value\":12.5,\"extra\":{\"a/b\":1,\"a/b\":2}", "/gatewayData/datapointValues/0/extra/a~1b", "DuplicateMember")]
    public void A_fault_is_told_with_its_pointer_and_its_code(string from, string to, string pointer, string code)
    {
        var body = Sample.Message().Replace(from, to, StringComparison.Ordinal);

        var errors = Invalid(body);

        var error = Assert.Single(errors);
        Assert.Equal((pointer, code), (error.Pointer, error.Code));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var errors = Invalid("""
            {"messageType":"x","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:","gatewayUrn":"urn:a:b:"},
             "gatewayData":{"datapointValues":[{"datapointKey":"kwh","value":"a","tsIso8601":"yesterday"},7,{}]}}
            """);

        Assert.Equal(
            [
                "/gatewayData/datapointValues/0/value InvalidValue",
                "/gatewayData/datapointValues/0/tsIso8601 InvalidTimestamp",
                "/gatewayData/datapointValues/1 InvalidReading",
                "/gatewayData/datapointValues/2/datapointKey NoDatapointKey",
                "/gatewayData/datapointValues/2/value InvalidValue",
                "/gatewayData/datapointValues/2/tsIso8601 InvalidTimestamp",
                "/header/messageId NoMessageId",
                "/header/gatewayTypeUrn NoDataFeedType",
                "/header/gatewayUrn NoMeterIDInJson",
            ],
            errors.Select(error => $"{error.Pointer} {error.Code}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("{}{}")]
    [InlineData("\uFEFF{}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[{},]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("// c\n{}")]
    public void What_is_not_json_is_malformed(string body) =>
        Assert.IsType<Push.Malformed>(Push.ReadJson(Encoding.UTF8.GetBytes(body), Now));

    [Fact]
    public void Bytes_that_are_not_utf8_are_malformed() =>
        Assert.IsType<Push.Malformed>(Push.ReadJson(Encoding.Latin1.GetBytes("{\"a\":\"\u00e9\"}"), Now));

    [Fact]
    public void Deep_nesting_is_malformed_and_does_not_recurse_without_end() =>
        Assert.IsType<Push.Malformed>(Push.ReadJson(Encoding.UTF8.GetBytes(new string('[', 100_000)), Now));

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void A_value_that_is_no_object_is_no_message(string body) =>
        Assert.Equal(nameof(ReasonCode.InvalidMessage), Assert.Single(Invalid(body)).Code);

    [Fact]
    public void Unknown_members_are_kept()
    {
        var body = Sample.Message().Replace(
            "\"header\":{", "\"version\":[1,{\"x\":null}],\"header\":{\"correlationId\":\"c\",", StringComparison.Ordinal);

        Assert.Equal(body, Encoding.UTF8.GetString(Valid(body).Message.Body.Span));
    }

    [Theory]
    [InlineData("\"value\":12.5", "\"value\":-12.5", "NegativeConsumption")]
    [InlineData("2022-10-01T00:30:00Z", "2023-10-01T00:30:00Z", "FutureInstant")]
    [InlineData("2022-10-01T00:30:00Z", "2022-10-01T02:00:00+02:00", "RepeatedInstant")]
    [InlineData("electricity_lu_20221001_000123", "other", "UnusualMessageId")]
    public void Plausibility_warns_and_never_refuses(string from, string to, string code)
    {
        var warnings = Valid(Sample.Message().Replace(from, to, StringComparison.Ordinal)).Warnings;

        Assert.Equal(code, Assert.Single(warnings).Code);
    }

    [Fact]
    public void Both_one_o_clocks_of_an_autumn_night_are_two_instants()
    {
        var body = Sample.Message()
            .Replace("2022-10-01T00:00:00Z", "2015-11-01T01:00:00-05:00", StringComparison.Ordinal)
            .Replace("2022-10-01T00:30:00Z", "2015-11-01T01:00:00-06:00", StringComparison.Ordinal);

        var valid = Valid(body);

        Assert.Empty(valid.Warnings);
        Assert.Equal(TimeSpan.FromHours(1), valid.Message.LastInstant - valid.Message.FirstInstant);
    }

    [Fact]
    public void The_same_instant_under_two_keys_is_no_repetition()
    {
        var body = Sample.Message().Replace("""{"datapointKey":"kwh","value":0,"tsIso8601":"2022-10-01T00:30:00Z"}""", """{"tsIso8601":"2022-10-01T00:00:00Z","value":0,"datapointKey":"kvarh"}""", StringComparison.Ordinal);

        Assert.Empty(Valid(body).Warnings);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_the_name_of_a_readings_member_is_not_json()
    {
        var body = Sample.Message().Replace("\"value\":0", "\"value\":0,\"val\\ud83d\":1", StringComparison.Ordinal);

        Assert.IsType<Push.Malformed>(Push.ReadJson(Encoding.UTF8.GetBytes(body), Now));
    }

    [Theory]
    [InlineData("1e-2147483648")]
    [InlineData("1e2147483648")]
    public void An_exponent_at_the_edge_of_an_integer_is_refused(string value) =>
        Assert.Equal("InvalidValue", Assert.Single(Invalid(Sample.Message(value: value))).Code);

    private static MessageReading.Valid Valid(string body) =>
        Assert.IsType<MessageReading.Valid>(Assert.IsType<Push.One>(Push.ReadJson(Encoding.UTF8.GetBytes(body), Now)).Reading);

    private static IReadOnlyList<EnergyLoad.Hosting.ProblemError> Invalid(string body) =>
        Assert.IsType<MessageReading.Invalid>(Assert.IsType<Push.One>(Push.ReadJson(Encoding.UTF8.GetBytes(body), Now)).Reading).Errors;
}
