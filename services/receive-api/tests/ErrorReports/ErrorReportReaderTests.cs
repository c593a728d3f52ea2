using System.Text;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class ErrorReportReaderTests
{
    private const string SendId = "01929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f";

    private const string Regular = $$"""
        { "_id": "5f1a", "header": { "messageId": "electricity_lu_20221001_000123_{{SendId}}", "received_tsIso8601": "2022-10-01T00:05:00Z" },
          "errors": [ { "errorCode": "E1", "errorMessage": "too low", "datapointKey": "kwh", "value": -12.50, "tsIso8601": "2022-10-01T00:00:00+02:00" } ] }
        """;

    [Fact]
    public void Reads_every_member_as_it_was_written()
    {
        var report = Read(Regular);

        Assert.Equal("5f1a", report.EsightId);
        Assert.Equal(new MessageIdentity("electricity", "lu", Guid.Parse(SendId)), report.Identity);
        Assert.Equal("2022-10-01T00:05:00Z", report.ReceivedTsIso8601);
        Assert.Equal(ReportMarks.None, report.Marks);
        Assert.Equal([new ErrorItem("E1", "too low", "kwh", "-12.50", "2022-10-01T00:00:00+02:00", ItemMarks.None)], report.Items);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData(" { } ")]
    [InlineData("[]")]
    [InlineData("[ \n ]")]
    public void Says_empty_when_there_is_nothing_in_it(string body) =>
        Assert.IsType<ReadOutcome.Empty>(ErrorReportReader.Read(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("{", "NotJson")]
    [InlineData("not json", "NotJson")]
    [InlineData("{'_id':1}", "NotJson")]
    [InlineData("""{"_id":"a","header":{},"errors":[],}""", "NotJson")]
    [InlineData("""{"_id":"a","header":{},"errors":[]} x""", "NotJson")]
    [InlineData("""{"_id":"a","header":{},"errors":[]}{}""", "NotJson")]
    [InlineData("""{} {}""", "NotJson")]
    [InlineData("""{"_id":"a","header":{},"errors":[NaN]}""", "NotJson")]
    [InlineData("""{"_id":"a","header":{},"errors":[01]}""", "NotJson")]
    [InlineData("""{"_id":"a","header":{},"errors":[/* c */]}""", "NotJson")]
    [InlineData("{\"_id\":\"a\nb\",\"header\":{},\"errors\":[]}", "NotJson")]
    [InlineData("\uFEFF{\"_id\":\"a\",\"header\":{},\"errors\":[]}", "ByteOrderMark")]
    [InlineData("""{"_id":"a","_id":"a","header":{},"errors":[]}""", "DuplicateMember")]
    [InlineData("""{"_id":"a","\u005fid":"b","header":{},"errors":[]}""", "DuplicateMember")]
    [InlineData("""{"_id":"a","header":{"messageId":"x","messageId":"y"},"errors":[]}""", "DuplicateMember")]
    [InlineData("""{"_id":"a","header":{},"errors":[{"value":1,"value":2}]}""", "DuplicateMember")]
    [InlineData("""{"_id":"a","header":{},"errors":[],"unknown":[{"x":{"y":1,"y":2}}]}""", "DuplicateMember")]
    [InlineData("""{"_id":"\ud800","header":{},"errors":[]}""", "LoneSurrogate")]
    [InlineData("""{"_id":"a","header":{},"errors":[],"unknown":"\udc00\ud800"}""", "LoneSurrogate")]
    [InlineData("""{"_id":"a","header":{"\ud800":1},"errors":[]}""", "LoneSurrogate")]
    [InlineData("\"text\"", "WrongType")]
    [InlineData("12", "WrongType")]
    [InlineData("[1]", "WrongType")]
    public void Refuses_what_parsers_may_read_differently(string body, string code) =>
        Assert.Equal(code, Assert.Single(Invalid(Encoding.UTF8.GetBytes(body))).Code);

    [Fact]
    public void Refuses_text_that_is_not_UTF8() =>
        Assert.Equal("NotUtf8", Assert.Single(Invalid([.. "{\"_id\":\""u8, 0xFF, .. "\",\"header\":{},\"errors\":[]}"u8])).Code);

    [Fact]
    public void Refuses_nesting_that_is_deeper_than_the_limit()
    {
        Assert.IsType<ReadOutcome.Read>(Outcome(Nested(ErrorReportLimits.Depth - 1)));
        Assert.Equal("TooDeep", Assert.Single(Invalid(Encoding.UTF8.GetBytes(Nested(ErrorReportLimits.Depth)))).Code);
        Assert.Equal("TooDeep", Assert.Single(Invalid(Encoding.UTF8.GetBytes(Nested(1_000_000)))).Code);
    }

    [Fact]
    public void Tells_every_fault_at_once()
    {
        var faults = Invalid("""{"_id":7,"header":[]}"""u8);

        Assert.Equal(
            [("/_id", "WrongType"), ("/header", "WrongType"), ("/errors", "RequiredMember")],
            faults.Select(fault => (fault.Pointer, fault.Code)));
    }

    [Theory]
    [InlineData("""{"_id":"","header":{},"errors":[]}""", "/_id", "EmptyId")]
    [InlineData("""{"_id":null,"header":{},"errors":[]}""", "/_id", "WrongType")]
    [InlineData("""{"_id":"a","header":null,"errors":[]}""", "/header", "WrongType")]
    [InlineData("""{"_id":"a","header":{},"errors":{}}""", "/errors", "WrongType")]
    [InlineData("""{"_id":"a","header":{}}""", "/errors", "RequiredMember")]
    public void Points_at_the_faulty_member(string body, string pointer, string code)
    {
        var fault = Assert.Single(Invalid(Encoding.UTF8.GetBytes(body)));

        Assert.Equal((pointer, code), (fault.Pointer, fault.Code));
    }

    [Fact]
    public void Refuses_what_is_over_a_limit_as_such()
    {
        var longId = new string('x', ErrorReportLimits.EsightIdBytes + 1);
        var items = string.Join(',', Enumerable.Repeat("{}", ErrorReportLimits.Items + 2));

        var outcome = Assert.IsType<ReadOutcome.OverLimit>(Outcome($$"""{"_id":"{{longId}}","header":{},"errors":[{{items}}]}"""));

        Assert.Equal([("/_id", "TooLong"), ("/errors", "TooMany")], outcome.Errors.Select(error => (error.Pointer, error.Code)));
    }

    [Theory]
    [InlineData("{}", "MissingErrorCode, MissingErrorMessage, MissingDatapointKey, MissingValue, MissingTsIso8601")]
    [InlineData("""{"errorCode":"E","errorMessage":"m","datapointKey":"k","value":null,"tsIso8601":"t"}""", "MissingValue")]
    [InlineData("""{"errorCode":"E","errorMessage":"m","datapointKey":"k","value":1,"tsIso8601":"t","severity":3}""", "UnknownMember")]
    [InlineData("""{"errorCode":400,"errorMessage":"m","datapointKey":"k","value":1,"tsIso8601":"t"}""", "OddType")]
    [InlineData("""{"errorCode":"E","errorMessage":"m","datapointKey":"k","value":{"a":[1]},"tsIso8601":"t"}""", "OddType")]
    [InlineData("""{"errorCode":"E","errorMessage":"m","datapointKey":"k","value":true,"tsIso8601":"t"}""", "OddType")]
    [InlineData("""{"errorCode":"E","errorMessage":"m","datapointKey":"k","value":"12.5","tsIso8601":"t"}""", "None")]
    public void Keeps_and_marks_odd_items(string item, string marks) =>
        Assert.Equal(Enum.Parse<ItemMarks>(marks), Assert.Single(Read(WithItems(item)).Items).Marks);

    [Theory]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"text\"")]
    [InlineData("[{\"errorCode\":\"E\"}]")]
    public void Keeps_and_marks_items_that_are_no_objects(string item) =>
        Assert.True(Assert.Single(Read(WithItems(item)).Items).Marks.HasFlag(ItemMarks.NotAnObject));

    [Theory]
    [InlineData("1e400")]
    [InlineData("-0")]
    [InlineData("12.500")]
    [InlineData("123456789012345678901234567890.000000000000000000001")]
    public void Never_rounds_a_value(string value) =>
        Assert.Equal(value, Assert.Single(Read(WithItems($$"""{"value":{{value}}}""")).Items).Value);

    [Fact]
    public void Cuts_texts_that_are_longer_than_their_column_between_characters_and_marks_it()
    {
        var message = string.Concat(Enumerable.Repeat("\U0001F4A1", 1001));

        var item = Assert.Single(Read(WithItems($$"""{"errorMessage":"{{message}}"}""")).Items);

        Assert.Equal(message[..2000], item.ErrorMessage);
        Assert.True(item.Marks.HasFlag(ItemMarks.Cut));
    }

    [Fact]
    public void Keeps_the_longest_number_that_a_body_can_hold()
    {
        var item = Assert.Single(Read(WithItems($$"""{"value":{{new string('9', 1_000_000)}}}""")).Items);

        Assert.Equal(ErrorReportLimits.ValueBytes, item.Value!.Length);
        Assert.True(item.Marks.HasFlag(ItemMarks.Cut));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"messageId":"free text"}""")]
    [InlineData("""{"messageId":12}""")]
    [InlineData("""{"messageId":"electricity_lu_20221001"}""")]
    [InlineData("""{"messageId":"01929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f"}""")]
    public void Keeps_and_marks_reports_with_a_malformed_message_id(string header) =>
        Assert.Contains("MalformedMessage_id", Read($$"""{"_id":"a","header":{{header}},"errors":[]}""").Marks.Names());

    private static ReadOutcome Outcome(string body) => ErrorReportReader.Read(Encoding.UTF8.GetBytes(body));

    private static ErrorReport Read(string body) => Assert.IsType<ReadOutcome.Read>(Outcome(body)).Report;

    private static IReadOnlyList<EnergyLoad.Hosting.ProblemError> Invalid(ReadOnlySpan<byte> body) =>
        Assert.IsType<ReadOutcome.Invalid>(ErrorReportReader.Read(body)).Errors;

    private static string WithItems(string items) => $$"""{"_id":"a","header":{},"errors":[{{items}}]}""";

    private static string Nested(int levels) =>
        $$"""{"_id":"a","header":{},"errors":[],"x":{{new string('[', levels)}}{{new string(']', levels)}}}""";
}
