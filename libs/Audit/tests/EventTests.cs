using System.Diagnostics;
using System.Reflection;
using EnergyLoad.Audit.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statements 32 and 33.</summary>
public sealed class EventTests : AuditTest
{
    public static TheoryData<string> Factories => [.. FactoryMethods.Select(method => method.Name)];

    private static IEnumerable<MethodInfo> FactoryMethods =>
        typeof(AuditEvent).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(AuditEvent));

    [Theory]
    [MemberData(nameof(Factories))]
    public async Task S32_every_kind_of_event_leaves_exactly_one_row(string factory)
    {
        var auditEvent = Create(FactoryMethods.Single(method => method.Name == factory));
        await Host.Log.RecordAsync(auditEvent, CancellationToken.None);

        var row = Assert.Single(await ReadRowsAsync());
        Assert.Equal(factory, AuditEventType.Find(row.Type)!.Name);
        Assert.Equal((int)auditEvent.Type.Outcome, row.Outcome);
        Assert.Equal(1, row.Occurrences);
        Assert.True((await VerifyAsync()).IsIntact);
        Assert.DoesNotContain(Host.Captured.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task S32_a_login_under_a_name_that_nobody_has_leaves_exactly_one_row()
    {
        await Host.Log.RecordAsync(AuditEvent.LoginFailed(Somebody, "nobody", null, "UnknownUser"), CancellationToken.None);
        var row = Assert.Single(await ReadRowsAsync());
        Assert.Equal(("nobody", null, "UnknownUser"), (row.Subject, row.TargetId, row.Detail));
    }

    [Fact]
    public async Task S33_a_row_says_when_what_from_where_who_whom_which_service_which_trace_and_how_it_ended()
    {
        var before = await QueryAsync<DateTimeOffset>("SELECT UTC_TIMESTAMP(6)");
        await Host.Log.RecordAsync(AuditEvent.PasswordChanged(Somebody, "target-1", "target"), CancellationToken.None);
        var after = await QueryAsync<DateTimeOffset>("SELECT UTC_TIMESTAMP(6)");

        var row = Assert.Single(await ReadRowsAsync());
        Assert.InRange(DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(row.At), before, after);
        Assert.Equal((3050, 0), (row.Type, row.Outcome));
        Assert.Equal(("203.0.113.7", "+352621123456"), (row.ClientIp, row.Msisdn));
        Assert.Equal(("actor-1", "target-1"), (row.ActorId, row.TargetId));
        Assert.Equal(("test-service", "0af7651916cd43dd8448eb211c80319c"), (row.Service, row.TraceId));
    }

    [Fact]
    public async Task S33_times_are_kept_to_the_microsecond()
    {
        for (var row = 0; row < 20; row++)
        {
            await Host.Log.RecordAsync(AuditEvent.DeliveryPaused(Somebody, null), CancellationToken.None);
        }

        Assert.Contains(await ReadRowsAsync(), row => row.At % 1000 != 0);
    }

    [Fact]
    public async Task S33_the_trace_is_the_current_one_when_the_context_names_none()
    {
        using var activity = new Activity("test").Start();
        await Host.Log.RecordAsync(AuditEvent.DeliveryPaused(AuditContext.None, null), CancellationToken.None);
        Assert.Equal(activity.TraceId.ToHexString(), Assert.Single(await ReadRowsAsync()).TraceId);
    }

    [Theory]
    [InlineData("line\nbreak\0and\u001b[31m", "line\uFFFDbreak\uFFFDand\uFFFD[31m")]
    [InlineData("naïve 😀 ' \\ \" ;-- trailing ", "naïve 😀 ' \\ \" ;-- trailing ")]
    public async Task A_hostile_name_is_kept_as_text_that_still_verifies(string typed, string kept)
    {
        await Host.Log.RecordAsync(AuditEvent.LoginFailed(Somebody, typed, null, "UnknownUser"), CancellationToken.None);
        Assert.Equal(kept, Assert.Single(await ReadRowsAsync()).Subject);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Half_a_character_is_kept_as_text_that_still_verifies()
    {
        await Host.Log.RecordAsync(AuditEvent.LoginFailed(Somebody, "half \ud83d", null, "UnknownUser"), CancellationToken.None);
        Assert.Equal("half \uFFFD", Assert.Single(await ReadRowsAsync()).Subject);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task A_name_of_any_length_is_cut_to_what_fits()
    {
        var endless = string.Concat(Enumerable.Repeat("😀", 9000));
        await Host.Log.RecordAsync(AuditEvent.LoginFailed(Somebody, endless, null, "UnknownUser"), CancellationToken.None);
        Assert.Equal(2 * 250, Assert.Single(await ReadRowsAsync()).Subject!.Length);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public void Every_kind_has_one_factory_of_its_name_and_a_number_of_its_own()
    {
        Assert.Equal(AuditEventType.All.Select(type => type.Name).Order(), FactoryMethods.Select(method => method.Name).Order());
        Assert.Equal(AuditEventType.All.Count, AuditEventType.All.Select(type => type.Number).Distinct().Count());
    }

    [Fact]
    public void Every_success_of_a_person_is_paired_with_a_refusal()
    {
        // Access is granted on every request: that is the request log's. The log's own acts are the retention job's; nobody refuses them.
        var successes = AuditEventType.All.Where(type => type.Outcome == AuditOutcome.Succeeded && type.Number < 9000);
        Assert.All(successes, type => Assert.Equal(AuditOutcome.Refused, AuditEventType.Find(type.Number + 1)?.Outcome));
        Assert.All(AuditEventType.All, type => Assert.Equal(type.Number % 10 == 0, type.Outcome == AuditOutcome.Succeeded));
    }

    private static AuditEvent Create(MethodInfo factory) =>
        (AuditEvent)factory.Invoke(null, [.. factory.GetParameters().Select(Argument)])!;

    private static object Argument(ParameterInfo parameter) => parameter switch
    {
        { ParameterType: var type } when type == typeof(AuditContext) => Somebody,
        { ParameterType: var type } when type == typeof(int) => 3,
        _ => $"some {parameter.Name}",
    };
}
