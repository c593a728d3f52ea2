using System.Collections.Frozen;
using System.Reflection;

namespace EnergyLoad.Audit;

/// <summary>
/// What kind of act it is. Numbers are for ever: 1xxx sessions, 2xxx access, 3xxx accounts, 4xxx messages, 5xxx operation,
/// 9xxx the log itself. A success ends in 0, the refusals of the same act follow it.
/// </summary>
/// <param name="Number">The number that is stored.</param>
/// <param name="Name">The name that readers see and filter by.</param>
/// <param name="Outcome">How an act of this kind ended.</param>
public sealed record AuditEventType(int Number, string Name, AuditOutcome Outcome)
{
    internal static readonly AuditEventType LoginSucceeded = Success(1010, nameof(LoginSucceeded));
    internal static readonly AuditEventType LoginFailed = Refusal(1011, nameof(LoginFailed));
    internal static readonly AuditEventType LoginThrottled = Refusal(1012, nameof(LoginThrottled));
    internal static readonly AuditEventType LoggedOut = Success(1020, nameof(LoggedOut));
    internal static readonly AuditEventType LogoutRefused = Refusal(1021, nameof(LogoutRefused));
    internal static readonly AuditEventType TokenRevoked = Success(1030, nameof(TokenRevoked));
    internal static readonly AuditEventType TokenRefused = Refusal(1031, nameof(TokenRefused));
    internal static readonly AuditEventType SessionsEnded = Success(1040, nameof(SessionsEnded));
    internal static readonly AuditEventType SessionsEndRefused = Refusal(1041, nameof(SessionsEndRefused));

    internal static readonly AuditEventType AccessDenied = Refusal(2011, nameof(AccessDenied));
    internal static readonly AuditEventType CallerDenied = Refusal(2021, nameof(CallerDenied));

    internal static readonly AuditEventType AccountCreated = Success(3010, nameof(AccountCreated));
    internal static readonly AuditEventType AccountCreationRefused = Refusal(3011, nameof(AccountCreationRefused));
    internal static readonly AuditEventType AccountChanged = Success(3020, nameof(AccountChanged));
    internal static readonly AuditEventType AccountChangeRefused = Refusal(3021, nameof(AccountChangeRefused));
    internal static readonly AuditEventType AccountDeactivated = Success(3030, nameof(AccountDeactivated));
    internal static readonly AuditEventType AccountDeactivationRefused = Refusal(3031, nameof(AccountDeactivationRefused));
    internal static readonly AuditEventType RoleChanged = Success(3040, nameof(RoleChanged));
    internal static readonly AuditEventType RoleChangeRefused = Refusal(3041, nameof(RoleChangeRefused));
    internal static readonly AuditEventType PasswordChanged = Success(3050, nameof(PasswordChanged));
    internal static readonly AuditEventType PasswordChangeRefused = Refusal(3051, nameof(PasswordChangeRefused));
    internal static readonly AuditEventType RootCreated = Success(3060, nameof(RootCreated));
    internal static readonly AuditEventType RootCreationRefused = Refusal(3061, nameof(RootCreationRefused));
    internal static readonly AuditEventType UsersImported = Success(3070, nameof(UsersImported));
    internal static readonly AuditEventType UsersImportRefused = Refusal(3071, nameof(UsersImportRefused));

    internal static readonly AuditEventType MessageResent = Success(4010, nameof(MessageResent));
    internal static readonly AuditEventType MessageResendRefused = Refusal(4011, nameof(MessageResendRefused));
    internal static readonly AuditEventType MessageCancelled = Success(4020, nameof(MessageCancelled));
    internal static readonly AuditEventType MessageCancellationRefused = Refusal(4021, nameof(MessageCancellationRefused));
    internal static readonly AuditEventType ResendStarted = Success(4030, nameof(ResendStarted));
    internal static readonly AuditEventType ResendStartRefused = Refusal(4031, nameof(ResendStartRefused));
    internal static readonly AuditEventType ResendStopped = Success(4040, nameof(ResendStopped));
    internal static readonly AuditEventType ResendStopRefused = Refusal(4041, nameof(ResendStopRefused));

    internal static readonly AuditEventType DeliveryPaused = Success(5010, nameof(DeliveryPaused));
    internal static readonly AuditEventType DeliveryPauseRefused = Refusal(5011, nameof(DeliveryPauseRefused));
    internal static readonly AuditEventType DeliveryResumed = Success(5020, nameof(DeliveryResumed));
    internal static readonly AuditEventType DeliveryResumeRefused = Refusal(5021, nameof(DeliveryResumeRefused));
    internal static readonly AuditEventType ConfigurationChanged = Success(5030, nameof(ConfigurationChanged));
    internal static readonly AuditEventType ConfigurationChangeRefused = Refusal(5031, nameof(ConfigurationChangeRefused));

    internal static readonly AuditEventType PersonalDataErased = Success(9010, nameof(PersonalDataErased));
    internal static readonly AuditEventType RetentionApplied = Success(9020, nameof(RetentionApplied));

    private static readonly FrozenDictionary<int, AuditEventType> ByNumber =
        typeof(AuditEventType).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(AuditEventType))
            .Select(field => (AuditEventType)field.GetValue(null)!)
            .ToFrozenDictionary(type => type.Number);

    /// <summary>Every kind of act, in order of number.</summary>
    public static IReadOnlyList<AuditEventType> All { get; } = [.. ByNumber.Values.OrderBy(type => type.Number)];

    /// <summary>The kind with this number; null when this version knows none.</summary>
    /// <param name="number">A stored number.</param>
    public static AuditEventType? Find(int number) => ByNumber.GetValueOrDefault(number);

    private static AuditEventType Success(int number, string name) => new(number, name, AuditOutcome.Succeeded);

    private static AuditEventType Refusal(int number, string name) => new(number, name, AuditOutcome.Refused);
}
