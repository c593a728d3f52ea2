using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EnergyLoad.MySql;

/// <summary>
/// Many rows in one INSERT. Values are written as literals that leave nothing to escape (hexadecimal and decimal digits, times, plain
/// text), because a parameter for each value of each row costs more than everything else that a group commit does.
/// </summary>
public sealed class InsertRows
{
    private const int LongestOnStack = 512;

    // 2024-10-27T01:00:00.1234567Z, which is written far faster than any format of one's own; the server takes the T for a space.
    private const int RoundTripLength = 28;
    private const int MicrosecondLength = 26;

    // Nothing that could end a literal or mean anything in one, and one byte each.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/");

    private readonly StringBuilder _sql;
    private readonly List<byte[]> _bodies = [];
    private bool _isFirstValue;

    /// <summary>Starts the statement.</summary>
    /// <param name="insert">The statement up to and including VALUES.</param>
    public InsertRows(string insert)
    {
        ArgumentNullException.ThrowIfNull(insert);
        _sql = new StringBuilder(insert, Math.Max(insert.Length, 4096)).Append(' ');
    }

    /// <summary>How many rows were begun.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a row; its values follow in the order of the columns.</summary>
    public InsertRows Row()
    {
        _sql.Append(Count++ == 0 ? "(" : "), (");
        _isFirstValue = true;
        return this;
    }

    /// <summary>Bytes, for a binary column; null for NULL.</summary>
    public InsertRows Add(byte[]? value) => value is null ? AddWord("NULL") : Add(value.AsSpan());

    /// <summary>Bytes, for a binary column.</summary>
    public InsertRows Add(ReadOnlySpan<byte> value)
    {
        Separate();
        Span<char> digits = value.Length <= LongestOnStack ? stackalloc char[2 * value.Length] : new char[2 * value.Length];
        Convert.TryToHexStringLower(value, digits, out _);
        _sql.Append("x'").Append(digits).Append('\'');
        return this;
    }

    /// <summary>Many bytes, for a BLOB column: a parameter, which is cheaper than two digits a byte.</summary>
    public InsertRows AddBody(ReadOnlyMemory<byte> value)
    {
        Separate();
        _sql.Append(CultureInfo.InvariantCulture, $"@b{_bodies.Count}");
        _bodies.Add(MemoryMarshal.TryGetArray(value, out var all) && all.Count == all.Array!.Length ? all.Array : value.ToArray());
        return this;
    }

    /// <summary>Text, for a VARBINARY or utf8mb4 column; null for NULL.</summary>
    public InsertRows Add(string? value)
    {
        if (value is null)
        {
            return AddWord("NULL");
        }

        if (!value.AsSpan().ContainsAnyExcept(Plain))
        {
            Separate();
            _sql.Append('\'').Append(value).Append('\'');
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= LongestOnStack ? stackalloc byte[most] : new byte[most];
        return Add((ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
    }

    /// <summary>A whole number; null for NULL.</summary>
    public InsertRows Add(long? value) => value is { } number ? Add(number) : AddWord("NULL");

    /// <summary>A whole number.</summary>
    public InsertRows Add(long value)
    {
        Separate();
        _sql.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>An instant, for a DATETIME(6) column that holds UTC; what is finer than a microsecond is cut off.</summary>
    public InsertRows Add(DateTimeOffset value)
    {
        Separate();
        Span<char> text = stackalloc char[RoundTripLength];
        value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        _sql.Append('\'').Append(text[..MicrosecondLength]).Append('\'');
        return this;
    }

    /// <summary>The database's own time.</summary>
    public InsertRows AddNow() => AddWord("UTC_TIMESTAMP(6)");

    /// <summary>The database's own time, so much later; a part of a second counts as a whole one.</summary>
    public InsertRows AddNowPlus(TimeSpan later) => AddWord(NowPlus(later));

    /// <summary>Runs the statement.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="ending">What follows the rows, such as ON DUPLICATE KEY UPDATE; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>How many rows were written.</returns>
    public async Task<int> ExecuteAsync(DbTransaction transaction, string? ending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = End(ending).ToString();
        Bind(command, _bodies);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs the statement with the commit of its transaction: nobody waits for it alone, and when it fails nothing is committed.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="ending">What follows the rows, such as ON DUPLICATE KEY UPDATE; null for nothing.</param>
    /// <param name="whenRefused">Told when the commit fails; null for nobody.</param>
    /// <exception cref="InvalidOperationException">Rows have bodies, and so have those of another statement of this commit.</exception>
    public void ExecuteAtCommit(DbTransaction transaction, string? ending, Action<DbException>? whenRefused = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ((SessionTransaction)transaction).AddLast(End(ending), _bodies, whenRefused);
    }

    /// <summary>The expression of <see cref="AddNowPlus"/>.</summary>
    internal static string NowPlus(TimeSpan later) =>
        string.Create(CultureInfo.InvariantCulture, $"UTC_TIMESTAMP(6) + INTERVAL {(int)Math.Ceiling(later.TotalSeconds)} SECOND");

    /// <summary>Gives a command the bodies of its rows.</summary>
    internal static void Bind(DbCommand command, IReadOnlyList<byte[]> bodies)
    {
        for (var i = 0; i < bodies.Count; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"@b{i}"), bodies[i]);
            command.Parameters.Add(parameter);
        }
    }

    private StringBuilder End(string? ending) => _sql.Append(") ").Append(ending);

    private InsertRows AddWord(string word)
    {
        Separate();
        _sql.Append(word);
        return this;
    }

    private void Separate()
    {
        if (!_isFirstValue)
        {
            _sql.Append(", ");
        }

        _isFirstValue = false;
    }
}
