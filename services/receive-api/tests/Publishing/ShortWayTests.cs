using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class ShortWayTests : IClassFixture<BooksFixture>, IAsyncLifetime
{
    private readonly BooksFixture _books;
    private readonly SetTime _time = new();
    private readonly Outbox _outbox;
    private readonly Outbox _another;
    private readonly ShortWay _way;

    public ShortWayTests(BooksFixture books)
    {
        _books = books;
        _outbox = new Outbox(books.Database, ErrorReportSchema.PublishingOutbox);
        _another = new Outbox(books.Database, ErrorReportSchema.PublishingOutbox);
        _way = new ShortWay(_outbox, _time);
    }

    public Task InitializeAsync() =>
        _books.Database.ExecuteAsync($"DELETE FROM {ErrorReportSchema.PublishingOutbox}", null, CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_is_handed_over_to_a_run_is_taken_once_and_is_nobody_elses()
    {
        _way.Open();
        Assert.True(_way.HasRoomFor(1, 100));
        var claimed = await ClaimedAsync();

        await _way.HandOverAsync([claimed]);

        Assert.Empty(await DueToAnotherAsync());
        Assert.Same(claimed, Assert.Single(await _way.TakeAsync()));
        Assert.Empty(await _way.TakeAsync());
    }

    [Fact]
    public async Task Without_a_run_the_way_is_closed_and_what_was_claimed_meanwhile_is_due_to_anyone()
    {
        _way.Open();
        var claimed = await ClaimedAsync();
        await _way.CloseAsync();
        Assert.False(_way.HasRoomFor(1, 100));

        await _way.HandOverAsync([claimed]);

        Assert.Single(await DueToAnotherAsync());
        Assert.Empty(await _way.TakeAsync());
    }

    [Fact]
    public async Task What_came_after_the_last_look_of_the_last_run_is_due_to_anyone()
    {
        _way.Open();
        _way.Open();
        await _way.HandOverAsync([await ClaimedAsync()]);

        await _way.CloseAsync();
        Assert.Empty(await DueToAnotherAsync());

        await _way.CloseAsync();
        Assert.Single(await DueToAnotherAsync());
    }

    [Fact]
    public async Task Only_so_much_waits_and_the_rest_is_due_to_anyone()
    {
        _way.Open();
        Assert.True(_way.HasRoomFor(2000, 8 * 1024 * 1024));
        Assert.False(_way.HasRoomFor(2001, 1));
        Assert.False(_way.HasRoomFor(1, (8 * 1024 * 1024) + 1));
        await _way.HandOverAsync([await ClaimedAsync(size: 5 * 1024 * 1024)]);

        await _way.HandOverAsync([await ClaimedAsync(size: 5 * 1024 * 1024)]);

        Assert.Single(await DueToAnotherAsync());
        Assert.Single(await _way.TakeAsync());
        Assert.True(_way.HasRoomFor(2000, 8 * 1024 * 1024));
    }

    [Fact]
    public async Task What_waited_so_long_that_its_lease_may_end_while_it_is_told_is_due_to_anyone()
    {
        _way.Open();
        var old = await ClaimedAsync();
        await _way.HandOverAsync([old]);
        _time.Pass(OutboxTelling.LatestStart);
        var young = await ClaimedAsync();
        await _way.HandOverAsync([young]);

        Assert.Same(young, Assert.Single(await _way.TakeAsync()));
        Assert.Equal(old.Claim.Id, Assert.Single(await DueToAnotherAsync()).Id);
    }

    private async Task<ClaimedReport> ClaimedAsync(int size = 100)
    {
        var id = Guid.CreateVersion7().ToByteArray(bigEndian: true);
        var report = new ReportRow
        {
            Id = id, EsightId = "r", Revision = 1, Marks = 0, ItemCount = 0,
            ReceivedAt = DateTimeOffset.UnixEpoch, StoredAt = DateTimeOffset.UnixEpoch,
        };
        var rows = await _books.Database.InTransactionAsync(
            (transaction, _) => Task.FromResult(_outbox.AddClaimed(transaction, [new OutboxEntry("error-report", id)], OutboxTelling.Lease)),
            CancellationToken.None);
        return new ClaimedReport(rows[0], report, [], size, _time.GetTimestamp());
    }

    private Task<IReadOnlyList<OutboxRow>> DueToAnotherAsync() => _another.ClaimAsync(10, TimeSpan.Zero, CancellationToken.None);

    private sealed class SetTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public void Pass(TimeSpan time) => _passed += time;
    }
}
