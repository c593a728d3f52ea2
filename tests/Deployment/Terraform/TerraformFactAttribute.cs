namespace EnergyLoad.Deployment.Tests.Terraform;

/// <summary>A fact that needs the command terraform.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerraformFactAttribute : FactAttribute
{
    public TerraformFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "terraform"))))
        {
            Skip = "terraform is not on this machine";
        }
    }
}
