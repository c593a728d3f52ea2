using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class EventIdsTests
{
    private static readonly ErrorItem First = new("E1", "m", "kwh", "1", "t", ItemMarks.None);
    private static readonly ErrorItem Second = new("E2", "m", "kwh", "1", "t", ItemMarks.None);

    [Fact]
    public void The_same_refusal_has_the_same_id_wherever_it_stands() =>
        Assert.Equal(EventIds.Of(Report(First, Second)).Order(), EventIds.Of(Report(Second, First)).Order());

    [Fact]
    public void Twins_have_ids_of_their_own() => Assert.Equal(3, EventIds.Of(Report(First, First, First)).Distinct().Count());

    [Fact]
    public void Another_message_or_another_report_makes_another_id()
    {
        var report = Report(First);

        Assert.Equal(
            3, EventIds.Of(report).Concat(EventIds.Of(report with { MessageId = "n" })).Concat(EventIds.Of(report with { EsightId = "b" })).Distinct().Count());
    }

    [Fact]
    public void A_character_that_moves_to_the_next_member_makes_another_id() =>
        Assert.Equal(2, EventIds.Of(Report(First with { ErrorCode = "E", ErrorMessage = "1m" }, First)).Distinct().Count());

    [Fact]
    public void A_report_without_items_has_one_id() => Assert.Single(EventIds.Of(Report()));

    [Fact]
    public void Ids_are_UUIDs_of_version_8() => Assert.Equal(8, Assert.Single(EventIds.Of(Report(First))).Version);

    private static ErrorReport Report(params ErrorItem[] items) => new("a", "m", MessageIdentity.Unknown, null, items, ReportMarks.None);
}
