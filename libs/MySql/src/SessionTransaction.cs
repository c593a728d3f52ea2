using System.Data;
using System.Data.Common;
using System.Text;

namespace EnergyLoad.MySql;

/// <summary>
/// A transaction without round trips of its own: its BEGIN travels with its first statement, and its COMMIT takes along the statements
/// whose result nobody needs.
/// </summary>
internal sealed class SessionTransaction(Session session, IsolationLevel level) : DbTransaction
{
    private StringBuilder? _last;
    private IReadOnlyList<byte[]> _bodies = [];
    private Action<DbException>? _tellRefusal;
    private bool _isBegun;
    private bool _isOver;

    public override IsolationLevel IsolationLevel => level;

    protected override DbConnection DbConnection => session;

    /// <summary>What the next statement must be sent behind; empty once the transaction has begun.</summary>
    public string Begin()
    {
        if (_isBegun)
        {
            return "";
        }

        _isBegun = true;
        return level == IsolationLevel.RepeatableRead ? "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; BEGIN; " : "BEGIN; ";
    }

    /// <summary>Adds a statement that is sent with the COMMIT: when it fails, nothing is committed.</summary>
    /// <param name="statement">The statement; it is the transaction's from now on.</param>
    /// <param name="bodies">Its parameters.</param>
    /// <param name="whenRefused">Told when the commit fails; null for nobody.</param>
    /// <exception cref="InvalidOperationException">It has bodies, and so has another.</exception>
    public void AddLast(StringBuilder statement, IReadOnlyList<byte[]> bodies, Action<DbException>? whenRefused)
    {
        if (bodies.Count > 0 && _bodies.Count > 0)
        {
            throw new InvalidOperationException("One statement with bodies travels with a commit; run the other before it.");
        }

        _bodies = bodies.Count > 0 ? bodies : _bodies;
        _last = (_last is null ? statement : _last.Append(statement)).Append("; ");
        _tellRefusal += whenRefused;
    }

    public override void Commit() => throw new NotSupportedException("A transaction is committed asynchronously.");

    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (_isBegun || _last is not null)
        {
            try
            {
                // Long statements, so they are made text once: with what they must be sent behind.
                await using var command = CommandOf((_last ?? new()).Insert(0, Begin()).Append("COMMIT").ToString());
                InsertRows.Bind(command, _bodies);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (DbException exception)
            {
                _tellRefusal?.Invoke(exception);
                throw;
            }
        }

        _isOver = true;
    }

    public override void Rollback()
    {
        _isOver = true;
        if (_isBegun && session.State == ConnectionState.Open)
        {
            using var command = CommandOf("ROLLBACK");
            command.ExecuteNonQuery();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isOver)
        {
            try
            {
                Rollback();
            }
            catch (Exception exception) when (exception is DbException or IOException or TimeoutException or InvalidOperationException)
            {
                // The server rolls back what a session leaves behind; this one is not lent again.
                session.Break();
            }
        }

        session.Leave(this);
        base.Dispose(disposing);
    }

    private DbCommand CommandOf(string sql)
    {
        var command = session.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
