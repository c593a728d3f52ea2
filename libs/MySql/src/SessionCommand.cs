using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace EnergyLoad.MySql;

/// <summary>A statement on a lent session: the first of a transaction takes its BEGIN along.</summary>
internal sealed class SessionCommand(Session session, MySqlCommand inner) : DbCommand
{
    private string _text = "";

    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set => _text = value ?? "";
    }

    public override int CommandTimeout
    {
        get => inner.CommandTimeout;
        set => inner.CommandTimeout = value;
    }

    public override CommandType CommandType
    {
        get => inner.CommandType;
        set => inner.CommandType = value;
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource
    {
        get => inner.UpdatedRowSource;
        set => inner.UpdatedRowSource = value;
    }

    protected override DbConnection? DbConnection
    {
        get => session;
        set => throw new NotSupportedException("A statement stays on its session.");
    }

    protected override DbParameterCollection DbParameterCollection => inner.Parameters;

    // A session has one transaction at a time; a statement is part of it whether it says so or not.
    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel() => inner.Cancel();

    public override void Prepare() => throw new NotSupportedException("Statements are sent as text.");

    public override int ExecuteNonQuery() => Ready().ExecuteNonQuery();

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => Ready().ExecuteNonQueryAsync(cancellationToken);

    public override object? ExecuteScalar() => Ready().ExecuteScalar();

    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        await Ready().ExecuteScalarAsync(cancellationToken);

    protected override DbParameter CreateDbParameter() => inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Ready().ExecuteReader(behavior);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        ((DbCommand)Ready()).ExecuteReaderAsync(behavior, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private MySqlCommand Ready()
    {
        inner.CommandText = session.Begin() + _text;
        return inner;
    }
}
