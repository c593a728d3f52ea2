namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Every code that send-api gives for what became of a message; the names are the codes.</summary>
internal enum ReasonCode
{
    // Refusals of the body as a whole.
    InvalidJson,
    InvalidMessage,
    EmptyBatch,
    TooManyMessages,

    // Refusals kept from the original service.
    NoGatewayTypeUrn,
    NoGatewayUrn,
    NoMessageId,
    NoDatapointValues,
    NoLocalMarket,
    NoDataFeedType,
    NoMeterIDInJson,
    NoSiteIDInJson,

    // Refusals of members.
    NoMessageType,
    InvalidGatewayTypeUrn,
    NoDatapointKey,
    InvalidReading,
    InvalidValue,
    InvalidTimestamp,
    TimestampOutOfRange,
    TextTooLong,
    TooManyReadings,
    DuplicateMember,
    MessageIdConflict,
    ObjectTooLarge,
    ObjectGone,

    // Refusals of queries and of what users ask for afterwards.
    InvalidQuery,
    TooLateToCancel,
    InvalidResend,
    StillOnItsWay,
    NoRejectedReadings,
    NewerMessages,
    ResendEnded,

    // Warnings.
    FutureInstant,
    RepeatedInstant,
    NegativeConsumption,
    UnusualMessageId,

    // From e-Sight's lists.
    NoMeterId,
    NoSiteId,

    // What e-Sight answered, by the names of the original's books.
    Success,
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    Conflict,
    Gone,
    LengthRequired,
    PreconditionFailed,
    RequestEntityTooLarge,
    UnsupportedMediaType,
    RequestedRangeNotSatisfiable,
    UnprocessableEntity,
    Locked,
    TooManyRequests,
    InternalServerError,
    NotImplemented,
    ServiceUnavailable,
    GatewayTimeout,
    InsufficientStorage,
    BandwidthLimitExceeded,
    UnexpectedStatus,

    // What happened on the way.
    ConnectFailed,
    NoAnswer,
    DeliveredBefore,
    DeliveredByReport,
    GaveUp,
    CancelledByUser,
    RejectedByReport,
    RejectionStorm,
}
