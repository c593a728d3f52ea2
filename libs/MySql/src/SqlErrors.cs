using System.Data.Common;

namespace EnergyLoad.MySql;

/// <summary>What a driver's exception means to us.</summary>
public static class SqlErrors
{
    private const int DiskFull = 1021;
    private const int WriteFailed = 1026;
    private const int DuplicateKey = 1062;
    private const int TableFull = 1114;
    private const int LockWaitTimeout = 1205;
    private const int Deadlock = 1213;
    private const int NullInColumn = 1048;
    private const int OutOfRange = 1264;
    private const int WrongValue = 1292;
    private const int WrongCharacters = 1366;
    private const int TooLong = 1406;
    private const int NoSuchNumber = 1690;

    /// <summary>A unique key already holds the value.</summary>
    /// <param name="exception">The driver's exception.</param>
    public static bool IsDuplicateKey(DbException exception) => NumberOf(exception) == DuplicateKey;

    /// <summary>Another transaction was in the way; the same act may succeed when done again.</summary>
    /// <param name="exception">The driver's exception.</param>
    public static bool IsLockConflict(DbException exception) => NumberOf(exception) is Deadlock or LockWaitTimeout;

    /// <summary>A value does not fit its column; the same statement fails again, whenever it is run.</summary>
    /// <param name="exception">The driver's exception.</param>
    public static bool IsRefusedValue(DbException exception) =>
        NumberOf(exception) is NullInColumn or OutOfRange or WrongValue or WrongCharacters or TooLong;

    /// <summary>A calculation has a result that is no number of its type.</summary>
    /// <param name="exception">The driver's exception.</param>
    public static bool IsNoSuchNumber(DbException exception) => NumberOf(exception) == NoSuchNumber;

    /// <summary>The server has no room left to write; the same statement may succeed when it has.</summary>
    /// <param name="exception">The driver's exception.</param>
    public static bool IsOutOfSpace(DbException exception) => NumberOf(exception) is DiskFull or WriteFailed or TableFull;

    /// <summary>The session is gone, or the server refuses new work; what was under way may or may not have been committed.</summary>
    /// <param name="exception">The driver's exception.</param>
    public static bool IsConnectionLost(DbException exception) =>

        // 0: the drivers' own word for a broken socket. Then: too many connections, unable to connect, access denied,
        // shutdown under way, read-only, gone away, lost, killed by the server, inactivity.
        NumberOf(exception) is 0 or 1040 or 1042 or 1045 or 1053 or 1077 or 1079 or 1290 or 1836 or 1927 or 2006 or 2013 or 3032 or 4031;

    /// <summary>The server does not take the user name with this password.</summary>
    /// <param name="exception">The driver's exception; MySql.Data wraps the server's own in another.</param>
    internal static bool IsLoginRefused(DbException exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            // Access denied, to the database or at all; account locked; password expired; both of MariaDB in one.
            if (inner is MySqlException { Number: 1044 or 1045 or 1698 or 3118 or 1862 or 4151 })
            {
                return true;
            }
        }

        return false;
    }

    private static int NumberOf(DbException exception) => exception is MySqlException mySql ? mySql.Number : -1;
}
