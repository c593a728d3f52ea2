using System.Data.Common;
using System.Globalization;
using System.Text;

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
    private readonly List<object?> _values = [];
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

        for (var i = 0; i < values.Length; i++)
        {
            _rows.Append(i > 0 ? ", @" : _count == 0 ? "(@" : ", (@").Append(NameOf(_values.Count));
            _values.Add(values[i]);
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

        // Not by Dapper: for so many parameters its own work on them is a large part of a commit.
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"{into} VALUES {_rows} {after}";
        for (var i = 0; i < _values.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (NameOf(i), _values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        Written += await command.ExecuteNonQueryAsync(cancellationToken);
        _rows.Clear();
        _values.Clear();
        (_count, _bytes) = (0, 0);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");
}
