using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>One INSERT of many small rows.</summary>
internal static class ManyRows
{
    /// <summary>Writes the rows; nothing is done when there are none.</summary>
    /// <param name="transaction">The transaction of the act.</param>
    /// <param name="into">The statement up to VALUES.</param>
    /// <param name="rows">The values of each row, in the order of the columns.</param>
    /// <param name="after">What follows the rows.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public static Task InsertAsync(
        this DbTransaction transaction, string into, IEnumerable<object?[]> rows, string after, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var sql = new StringBuilder(into).Append(" VALUES ");
        var count = 0;
        foreach (var row in rows)
        {
            sql.Append(count == 0 ? "(" : ", (");
            for (var i = 0; i < row.Length; i++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"v{count}_{i}");
                sql.Append(i == 0 ? "@" : ", @").Append(name);
                parameters.Add(name, row[i]);
            }

            sql.Append(')');
            count++;
        }

        return count == 0 ? Task.CompletedTask : transaction.ExecuteAsync(sql.Append(' ').Append(after).ToString(), parameters, cancellationToken);
    }
}
