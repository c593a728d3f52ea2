using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Bench.Floors;

/// <summary>The commit floor as a process of its own, as the services are.</summary>
internal sealed class CommitFloorProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _settings = Path.GetTempFileName();
    private readonly Uri _address;
    private readonly AuthenticationHeaderValue _token;

    public CommitFloorProcess(StackDescription stack)
    {
        using var key = RSA.Create(2048);
        var port = FreePort.Find();
        var settings = new CommitFloor.Settings(port, DatabaseOf(stack), key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(_settings, JsonSerializer.Serialize(settings, JsonSerializerOptions.Web));
        _address = new Uri($"http://127.0.0.1:{port}/");
        _token = new AuthenticationHeaderValue("Bearer", Sign(key));
        _process = Process.Start("dotnet", [typeof(CommitFloor).Assembly.Location, "floor", _settings]);
    }

    public int Pid => _process.Id;

    /// <summary>Waits until it serves.</summary>
    public async Task AwaitAsync()
    {
        using var http = new HttpClient();
        await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.SendAsync(Request(Bodies.Json("1"u8.ToArray())));
                    return (int)answer.StatusCode;
                }
                catch (HttpRequestException)
                {
                    return 0;
                }
            },
            status => status == 202);
    }

    public HttpRequestMessage Request(ByteArrayContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = body };
        request.Headers.Authorization = _token;
        return request;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        File.Delete(_settings);
    }

    private static MySqlOptions DatabaseOf(StackDescription stack) => new()
    {
        Host = stack.Mysql.Host, Port = stack.Mysql.Port, Database = stack.Mysql.Database,
        User = stack.Mysql.User, Password = stack.Mysql.Password, TlsMode = "None", AllowPublicKeyRetrieval = true,
    };

    private static string Sign(RSA key) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = CommitFloor.Issuer,
        Audience = CommitFloor.Issuer,
        Expires = DateTime.UtcNow.AddHours(1),
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(key), SecurityAlgorithms.RsaSha256),
    });
}
