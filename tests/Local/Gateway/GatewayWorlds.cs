namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A world whose contract a test writes itself; the file lives as long as the world.</summary>
internal sealed class GatewayWorlds : IAsyncDisposable
{
    private const string Head = """
        swagger: "2.0"
        info: { title: test, version: "1" }
        host: "${GATEWAY_HOST}"
        basePath: /
        x-google-backend: { address: "${BACKEND_URL}", jwt_audience: "${BACKEND_AUDIENCE}", path_translation: APPEND_PATH_TO_ADDRESS, deadline: 30.0 }
        securityDefinitions:
          api_key: { type: apiKey, name: key, in: query }
          edm_jwt: { type: oauth2, flow: implicit, authorizationUrl: "", x-google-issuer: "${TOKEN_ISSUER}", x-google-jwks_uri: "${TOKEN_JWKS_URI}" }
        security:
          - { api_key: [], edm_jwt: [] }
        paths:

        """;

    private readonly string _file;

    private GatewayWorlds(string file, GatewayWorld world) => (_file, World) = (file, world);

    public GatewayWorld World { get; }

    public static async Task<GatewayWorlds> WithPathsAsync(string paths, Func<EchoBackend, IReadOnlyList<Uri>>? backends = null)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Head + paths);
        return new GatewayWorlds(file, await GatewayWorld.StartAsync(file, backends));
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        File.Delete(_file);
    }
}
