#:property PublishAot=false
using System.Text.Json;
using System.Text.Json.Nodes;

// dotnet run Sbom.cs -- DEPS.JSON SBOM.JSON [DEBIAN-PACKAGE=VERSION ...]
// Writes what a published service consists of as CycloneDX 1.6: its packages with their hashes and arrows, and native libraries.
// No time and no random number: the same image has the same file.
var (depsFile, sbomFile, native) = (args[0], args[1], args[2..]);
var deps = JsonNode.Parse(File.ReadAllText(depsFile))!;
var libraries = deps["libraries"]!.AsObject();
var target = deps["targets"]![deps["runtimeTarget"]!["name"]!.GetValue<string>()]!.AsObject();
var service = libraries.First(library => library.Value!["type"]!.GetValue<string>() == "project").Key;

var packages = libraries.Where(library => library.Value!["type"]!.GetValue<string>() == "package")
    .Select(library => Package(library.Key, library.Value!));
var sbom = new JsonObject
{
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["version"] = 1,
    ["metadata"] = new JsonObject { ["component"] = Component("application", service, $"pkg:generic/{service.Replace('/', '@')}") },
    ["components"] = new JsonArray([.. packages, .. native.Select(Native)]),
    ["dependencies"] = new JsonArray([.. target.Select(library => Arrows(library.Key, library.Value!))]),
};
File.WriteAllText(sbomFile, sbom.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

static JsonObject Package(string key, JsonNode library)
{
    var component = Component("library", key, $"pkg:nuget/{key.Replace('/', '@')}");
    if (library["sha512"]?.GetValue<string>() is { Length: > 0 } hash)
    {
        var content = Convert.ToHexStringLower(Convert.FromBase64String(hash["sha512-".Length..]));
        component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = content });
    }

    return component;
}

static JsonObject Native(string package) => Component("library", package.Replace('=', '/'), $"pkg:deb/ubuntu/{package.Replace('=', '@')}");

static JsonObject Component(string type, string key, string purl) => new()
{
    ["type"] = type,
    ["bom-ref"] = key,
    ["name"] = key.Split('/')[0],
    ["version"] = key.Split('/')[1],
    ["purl"] = purl,
};

static JsonObject Arrows(string key, JsonNode library) => new()
{
    ["ref"] = key,
    ["dependsOn"] = new JsonArray([.. library["dependencies"]?.AsObject().Select(to => JsonValue.Create($"{to.Key}/{to.Value}")) ?? []]),
};
