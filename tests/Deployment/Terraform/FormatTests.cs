namespace EnergyLoad.Deployment.Tests.Terraform;

public sealed class FormatTests
{
    [TerraformFact]
    public async Task Terraform_has_nothing_to_format()
    {
        var (code, output) = await Command.RunAsync("terraform", ["fmt", "-check", "-recursive", "-diff", Infrastructure.Folder]);

        Assert.True(code == 0, output);
    }
}
