using System.Runtime.CompilerServices;

namespace EnergyLoad.Deployment.Tests.Terraform;

/// <summary>A fact that needs the command terraform; where that is missing, the fact is left out under a name that says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerraformFactAttribute : FactAttribute
{
    private const string Missing = "terraform is not on this machine";

    public TerraformFactAttribute([CallerMemberName] string fact = "")
    {
        Fact = fact;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "terraform"))))
        {
            Skip = Missing;
            DisplayName = $"{fact.Replace('_', ' ')}: {Missing}";
        }
    }

    public string Fact { get; }
}
