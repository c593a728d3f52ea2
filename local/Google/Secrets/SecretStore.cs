using System.Text;
using System.Text.Json;
using EnergyLoad.Local.Google.Files;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Secrets;

/// <summary>The project's secrets, a private file each.</summary>
internal sealed class SecretStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredSecret> _secrets = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly TimeProvider _clock;

    public SecretStore(GoogleSettings settings, TimeProvider clock)
    {
        (_clock, _folder) = (clock, Path.Combine(settings.State, "secrets"));
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json"))
        {
            var secret = JsonSerializer.Deserialize<StoredSecret>(File.ReadAllBytes(file))!;
            _secrets[secret.Name] = secret;
        }

        foreach (var (name, text) in settings.Secrets)
        {
            Seed($"projects/{settings.ProjectId}/secrets/{name}", text);
        }
    }

    public StoredSecret? Find(string name)
    {
        lock (_lock)
        {
            return _secrets.GetValueOrDefault(name);
        }
    }

    public bool Create(string name)
    {
        lock (_lock)
        {
            return !_secrets.ContainsKey(name) && Save(new StoredSecret(name, null, []));
        }
    }

    /// <summary>Returns null when there is no such secret.</summary>
    public StoredVersion? AddVersion(string name, byte[] data)
    {
        lock (_lock)
        {
            if (!_secrets.TryGetValue(name, out var secret))
            {
                return null;
            }

            var version = NewVersion(secret, data);
            Save(secret with { Versions = [.. secret.Versions, version] });
            return version;
        }
    }

    /// <summary>Returns null when there is no such version, or when it is destroyed, which is final.</summary>
    public StoredVersion? SetState(string name, string number, string state)
    {
        lock (_lock)
        {
            if (Find(name) is not { } secret || VersionOf(secret, number) is not { State: not StoredVersion.Destroyed } version)
            {
                return null;
            }

            var changed = version with { State = state, Data = state == StoredVersion.Destroyed ? null : version.Data };
            Save(secret with { Versions = [.. secret.Versions.Select(other => other.Number == version.Number ? changed : other)] });
            return changed;
        }
    }

    /// <summary>The version of a number; <c>latest</c> is the newest, whatever its state.</summary>
    public static StoredVersion? VersionOf(StoredSecret secret, string number) => number == "latest"
        ? secret.Versions.Count > 0 ? secret.Versions[^1] : null
        : secret.Versions.FirstOrDefault(version => int.TryParse(number, out var wanted) && version.Number == wanted);

    private void Seed(string name, string text)
    {
        var secret = Find(name) ?? new StoredSecret(name, null, []);
        if (secret.Seed != text)
        {
            Save(secret with { Seed = text, Versions = [.. secret.Versions, NewVersion(secret, Encoding.UTF8.GetBytes(text))] });
        }
    }

    private StoredVersion NewVersion(StoredSecret secret, byte[] data) =>
        new(secret.Versions.Count + 1, _clock.GetUtcNow(), StoredVersion.Enabled, data);

    private bool Save(StoredSecret secret)
    {
        _secrets[secret.Name] = secret;
        PrivateFile.Replace(Path.Combine(_folder, secret.Name.Replace('/', '.') + ".json"), JsonSerializer.SerializeToUtf8Bytes(secret));
        return true;
    }
}
