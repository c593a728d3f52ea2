using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Gathers rows into few multi-row INSERTs, none of them larger than a server takes in one packet.</summary>
/// <param name="transaction">The transaction of the act.</param>
/// <param name="into">The statement up to VALUES.</param>
/// <param name="after">What follows the rows.</param>
internal sealed class RowWriter(DbTransaction transaction, string into, string after = "")
{
    private const int MaximumRows = 500;
    private const int MaximumBytes = 1024 * 1024;

    private readonly StringBuilder _rows = new();
    private DynamicParameters _parameters = new();
    private int _count;
    private long _bytes;

    /// <summary>How many rows were really written so far.</summary>
    public int Written { get; private set; }

    public async Task AddAsync(object?[] values, int bytes, CancellationToken cancellationToken)
    {
        if (_count > 0 && (_count >= MaximumRows || _bytes + bytes > MaximumBytes))
        {
            await FlushAsync(cancellationToken);
        }

        _rows.Append(_count == 0 ? "(" : ", (");
        for (var i = 0; i < values.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"v{_count}_{i}");
            _rows.Append(i == 0 ? "@" : ", @").Append(name);
            _parameters.Add(name, values[i]);
        }

        _rows.Append(')');
        (_count, _bytes) = (_count + 1, _bytes + bytes);
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_count == 0)
        {
            return;
        }

        Written += await transaction.ExecuteAsync($"{into} VALUES {_rows} {after}", _parameters, cancellationToken);
        _rows.Clear();
        (_parameters, _count, _bytes) = (new DynamicParameters(), 0, 0);
    }
}
