using System.Data;
using System.Text;
using Dapper;

namespace EnergyLoad.MySql;

/// <summary>Text keys are VARBINARY, so that the server compares them byte by byte; the drivers read them as bytes.</summary>
internal sealed class Utf8TextHandler : SqlMapper.TypeHandler<string>
{
    public override void SetValue(IDbDataParameter parameter, string? value) => parameter.Value = value is null ? DBNull.Value : value;

    public override string? Parse(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : (string?)value;
}
