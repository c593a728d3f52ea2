using EnergyLoad.MySql;

namespace EnergyLoad.Audit;

/// <summary>The log's tables.</summary>
public static class AuditMigrations
{
    private const string CreateLanes = """
        CREATE TABLE IF NOT EXISTS access_log_lanes (
          lane TINYINT UNSIGNED NOT NULL,
          seq BIGINT NOT NULL,
          mac BINARY(32) NOT NULL,
          PRIMARY KEY (lane)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string OpenLanes = """
        INSERT INTO access_log_lanes (lane, seq, mac) VALUES
          (0, 0, REPEAT(X'00', 32)), (1, 0, REPEAT(X'00', 32)), (2, 0, REPEAT(X'00', 32)), (3, 0, REPEAT(X'00', 32)),
          (4, 0, REPEAT(X'00', 32)), (5, 0, REPEAT(X'00', 32)), (6, 0, REPEAT(X'00', 32)), (7, 0, REPEAT(X'00', 32)),
          (8, 0, REPEAT(X'00', 32)), (9, 0, REPEAT(X'00', 32)), (10, 0, REPEAT(X'00', 32)), (11, 0, REPEAT(X'00', 32)),
          (12, 0, REPEAT(X'00', 32)), (13, 0, REPEAT(X'00', 32)), (14, 0, REPEAT(X'00', 32)), (15, 0, REPEAT(X'00', 32))
        """;

    private const string CreateLog = """
        CREATE TABLE IF NOT EXISTS access_log (
          lane TINYINT UNSIGNED NOT NULL,
          seq BIGINT NOT NULL,
          at DATETIME(6) NOT NULL,
          type INT NOT NULL,
          outcome TINYINT NOT NULL,
          occurrences BIGINT NOT NULL,
          service VARBINARY(100) NOT NULL,
          trace_id VARBINARY(100) NULL,
          actor_id VARBINARY(50) NULL,
          target_id VARBINARY(50) NULL,
          subject VARCHAR(250) NULL,
          detail VARCHAR(1000) NULL,
          client_ip VARBINARY(45) NULL,
          client_ip_commitment BINARY(32) NULL,
          msisdn VARBINARY(32) NULL,
          msisdn_commitment BINARY(32) NULL,
          salt BINARY(32) NULL,
          erasure BINARY(32) NULL,
          key_id VARBINARY(32) NOT NULL,
          previous BINARY(32) NOT NULL,
          mac BINARY(32) NOT NULL,
          PRIMARY KEY (lane, seq),
          KEY by_time (at),
          KEY by_type (type, at),
          KEY by_actor (actor_id, at),
          KEY by_target (target_id, at)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string CreateCheckpoints = """
        CREATE TABLE IF NOT EXISTS access_log_checkpoints (
          lane TINYINT UNSIGNED NOT NULL,
          seq BIGINT NOT NULL,
          mac BINARY(32) NOT NULL,
          key_id VARBINARY(32) NOT NULL,
          seal BINARY(32) NOT NULL,
          PRIMARY KEY (lane)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    private const string CreateAnchors = """
        CREATE TABLE IF NOT EXISTS access_log_anchors (
          number BIGINT NOT NULL,
          at DATETIME(6) NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (number)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    /// <summary>The steps, for the service's <c>migrate</c> command and its readiness check.</summary>
    public static MigrationSet Set { get; } = new(
        "audit",
        [
            new(1, "lanes of the chain", CreateLanes),
            new(2, "sixteen open lanes", OpenLanes, "SELECT 1 FROM access_log_lanes LIMIT 1"),
            new(3, "access log", CreateLog),
            new(4, "checkpoints of retention", CreateCheckpoints),
            new(5, "anchors", CreateAnchors),
        ]);
}
