using System.Net;
using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Resending;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class ResendJobTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private static readonly CurrentUser Operator = new("id-1", "anna", new RoleSet(Role.Backoffice));
    private static readonly AuditContext Somebody = new() { ActorUserId = "id-1" };
    private static readonly Resend Whole = new(ResendPart.All, Force: false, Owner: null, "id-1");
    private readonly string _name = $"j{Guid.NewGuid():n}"[..12];

    private MessageFilter RejectedOfFeed => new() { Feed = _name, State = "rejected" };

    [Fact]
    public async Task All_that_match_are_resent_in_the_order_of_their_acceptance_and_the_progress_is_told()
    {
        var ids = await AcceptAsync(45);
        await world.DeliverAsync(HttpStatusCode.BadRequest);
        await world.ProjectAsync();
        var job = await StartAsync(RejectedOfFeed, Whole);
        var later = await AcceptAsync(1, offset: 45);
        await world.DeliverAsync(HttpStatusCode.BadRequest);
        await world.ProjectAsync();

        Assert.True(await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None));
        Assert.Equal(("running", 20, 20), await ProgressAsync(job));
        while (await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None))
        {
        }

        Assert.Equal(("finished", 45, 45), await ProgressAsync(job));
        Assert.Equal(ids, (await world.DeliverAsync()).Select(message => message.Id));
        Assert.DoesNotContain(later[0], ids);
        Assert.Equal(
            job.JobId, await world.ReadAsync<string>("SELECT subject FROM access_log WHERE subject = @id", new { id = job.JobId }));
        Assert.Equal(45, await world.ReadAsync<int>("SELECT COUNT(*) FROM resends WHERE job_id = @id", new { id = new SendId(Guid.Parse(job.JobId)).ToBytes() }));
    }

    [Fact]
    public async Task A_job_that_is_stopped_sends_nothing_more()
    {
        await AcceptAsync(25);
        await world.DeliverAsync(HttpStatusCode.BadRequest);
        await world.ProjectAsync();
        var job = await StartAsync(RejectedOfFeed, Whole);
        await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None);

        Assert.True(await world.Get<ResendJobStore>().StopAsync(job, Somebody, CancellationToken.None));
        Assert.False(await world.Get<ResendJobStore>().StopAsync(job, Somebody, CancellationToken.None));

        Assert.False(await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None));
        Assert.Equal(("cancelled", 20, 20), await ProgressAsync(job));
        Assert.Equal(20, (await world.DeliverAsync()).Count);
    }

    [Fact]
    public async Task Without_force_what_newer_messages_overlap_is_skipped_and_a_dry_run_says_so()
    {
        var ids = new List<SendId>();
        foreach (var n in Enumerable.Range(0, 2))
        {
            ids.Add(await world.AcceptAsync(new($"{_name}-{n}") { Feed = _name, Meter = _name }));
        }

        await world.DeliverAsync();
        await world.ProjectAsync();
        var filter = new MessageFilter { Feed = _name };

        var list = await world.Get<ResendJobStore>().ListAsync(filter.Read(null, new QueryReading()), Whole, CancellationToken.None);
        Assert.Equal([ids[1].ToString(), ids[0].ToString()], list.Items.Select(item => item.SendId));
        Assert.Equal([0, 1], list.Items.Select(item => item.Newer.Count));

        var job = await StartAsync(filter, Whole);
        while (await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None))
        {
        }

        Assert.Equal(("finished", 2, 1), await ProgressAsync(job));
        Assert.Equal([ids[1]], (await world.DeliverAsync()).Select(message => message.Id));
    }

    [Fact]
    public async Task A_sender_resends_and_sees_only_its_own()
    {
        var own = await world.AcceptAsync(new($"{_name}-1") { Feed = _name, Meter = $"{_name}-1", Sender = _name });
        await world.AcceptAsync(new($"{_name}-2") { Feed = _name, Meter = $"{_name}-2" });
        await world.DeliverAsync(HttpStatusCode.BadRequest);
        await world.ProjectAsync();
        var sender = new CurrentUser("id-2", _name, new RoleSet(Role.Sender));
        var job = await world.Get<ResendJobStore>().StartAsync(
            RejectedOfFeed, Whole with { Owner = _name }, sender, Somebody, CancellationToken.None);
        while (await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None))
        {
        }

        Assert.Equal([own], (await world.DeliverAsync()).Select(message => message.Id));
        Assert.NotNull(await world.Get<ResendJobStore>().FindAsync(job.JobId, Operator, CancellationToken.None));
        Assert.NotNull(await world.Get<ResendJobStore>().FindAsync(job.JobId, sender, CancellationToken.None));
        Assert.Null(await world.Get<ResendJobStore>().FindAsync(job.JobId, sender with { Username = "another" }, CancellationToken.None));
    }

    private async Task<List<SendId>> AcceptAsync(int count, int offset = 0)
    {
        var ids = new List<SendId>();
        for (var n = offset; n < offset + count; n++)
        {
            ids.Add(await world.AcceptAsync(new($"{_name}-{n}") { Feed = _name, Meter = $"{_name}-{n}" }));
        }

        return ids;
    }

    private Task<ResendJob> StartAsync(MessageFilter filter, Resend resend) =>
        world.Get<ResendJobStore>().StartAsync(filter, resend, Operator, Somebody, CancellationToken.None);

    private async Task<(string State, int Examined, int Resent)> ProgressAsync(ResendJob job)
    {
        var found = await world.Get<ResendJobStore>().FindAsync(job.JobId, Operator, CancellationToken.None);
        return (found!.State, found.Examined, found.Resent);
    }
}
