using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace EnergyLoad.MySql;

/// <summary>A session lent from a <see cref="SessionPool"/>: closing it gives it back.</summary>
internal sealed class Session(MySqlConnection inner, DatabaseLogin login, SessionPool pool) : DbConnection
{
    private SessionTransaction? _transaction;
    private bool _isLent = true;

    public MySqlConnection Inner => inner;

    public DatabaseLogin Login => login;

    /// <summary>Whether it can be lent again.</summary>
    public bool IsSound { get; private set; } = true;

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

    public override void ChangeDatabase(string databaseName) =>
        throw new NotSupportedException("A lent session cannot be turned elsewhere.");

    public override void Close()
    {
        if (_isLent)
        {
            _isLent = false;
            _transaction?.Dispose();
            pool.TakeBack(this);
        }
    }

    /// <summary>What the next statement must be sent behind.</summary>
    public string Begin() => _transaction?.Begin() ?? "";

    /// <summary>Says that a transaction is over.</summary>
    public void Leave(SessionTransaction transaction)
    {
        if (ReferenceEquals(_transaction, transaction))
        {
            _transaction = null;
        }
    }

    /// <summary>Says that nobody knows what state the session is in.</summary>
    public void Break() => IsSound = false;

    protected override DbCommand CreateDbCommand() => new SessionCommand(this, inner.CreateCommand());

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (_transaction is not null)
        {
            throw new InvalidOperationException("The session has a transaction already.");
        }

        return isolationLevel is IsolationLevel.ReadCommitted or IsolationLevel.RepeatableRead
            ? _transaction = new SessionTransaction(this, isolationLevel)
            : throw new NotSupportedException($"Transactions are ReadCommitted or RepeatableRead, not {isolationLevel}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }
}
