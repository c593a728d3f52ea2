using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Gathers rows into few multi-row INSERTs, none of them larger than a server takes in one packet.</summary>
/// <param name="transaction">The transaction of the act.</param>
/// <param name="into">The statement up to VALUES.</param>
/// <param name="after">What follows the rows; null for nothing.</param>
internal sealed class RowWriter(DbTransaction transaction, string into, string? after = null)
{
    private const int MaximumRows = 500;
    private const int MaximumBytes = 1024 * 1024;

    private InsertRows _rows = new(into);
    private long _bytes;

    /// <summary>How many rows were really written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Begins a row; what is added before the next one belongs to it.</summary>
    /// <param name="bytes">The size of what is large in it.</param>
    /// <param name="cancellationToken">Cancels the statement that may have to go first.</param>
    public async Task<InsertRows> RowAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_rows.Count >= MaximumRows || (_rows.Count > 0 && _bytes + bytes > MaximumBytes))
        {
            await FlushAsync(cancellationToken);
        }

        _bytes += bytes;
        return _rows.Row();
    }

    /// <summary>Leaves the last rows to the commit of the transaction.</summary>
    public void FlushAtCommit()
    {
        if (_rows.Count > 0)
        {
            _rows.ExecuteAtCommit(transaction, after);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0)
        {
            Written += await _rows.ExecuteAsync(transaction, after, cancellationToken);
            (_rows, _bytes) = (new InsertRows(into), 0);
        }
    }
}
