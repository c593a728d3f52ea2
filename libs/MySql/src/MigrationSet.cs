namespace EnergyLoad.MySql;

/// <summary>One step of a schema: a single guarded DDL statement, harmless when it was done before.</summary>
/// <param name="Level">The schema's level after the step; steps of a set count up from 1.</param>
/// <param name="Name">What the step does, for the history.</param>
/// <param name="Sql">The statement; it runs on MySQL 8.4 and later and on MariaDB 10.11.</param>
/// <param name="UnlessExists">
/// A query that returns a row when the step is already in effect, for statements that have no IF NOT EXISTS on both servers; null when
/// the statement guards itself.
/// </param>
public sealed record MigrationStep(int Level, string Name, string Sql, string? UnlessExists = null);

/// <summary>The forward-only history of one owner's tables.</summary>
/// <param name="Owner">The library or service that owns the tables.</param>
/// <param name="Steps">The steps in order of level.</param>
public sealed record MigrationSet(string Owner, IReadOnlyList<MigrationStep> Steps)
{
    /// <summary>The level that code of this version needs.</summary>
    public int Level => Steps.Count == 0 ? 0 : Steps[^1].Level;
}
