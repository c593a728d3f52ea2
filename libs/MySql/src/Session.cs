using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace EnergyLoad.MySql;

/// <summary>A session lent from a <see cref="SessionPool"/>: closing it gives it back.</summary>
internal sealed class Session(MySqlConnection inner, DatabaseLogin login, SessionPool pool) : DbConnection
{
    private bool _isLent = true;

    public MySqlConnection Inner => inner;

    public DatabaseLogin Login => login;

    /// <summary>Whether the session still has the settings that it was opened with.</summary>
    public bool IsPrepared { get; private set; } = true;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => throw new NotSupportedException("A lent session cannot be turned elsewhere.");
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void Open() => throw new NotSupportedException("A lent session is open.");

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("A lent session cannot be turned elsewhere.");

    public override void Close()
    {
        if (_isLent)
        {
            _isLent = false;
            pool.TakeBack(this);
        }
    }

    protected override DbCommand CreateDbCommand() => inner.CreateCommand();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        NoteLevel(isolationLevel);
        return inner.BeginTransaction(isolationLevel);
    }

    protected override ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        NoteLevel(isolationLevel);
        return ((DbConnection)inner).BeginTransactionAsync(isolationLevel, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    // MySql.Data sets the level for the rest of the session, not for the one transaction.
    private void NoteLevel(IsolationLevel level) => IsPrepared &= level == IsolationLevel.ReadCommitted;
}
