using EnergyLoad.Testing;

namespace EnergyLoad.Auth.Tests;

public sealed class PublicSurfaceTests
{
    [Fact]
    public async Task The_public_members_are_those_that_are_listed()
    {
        var (listed, found) = await PublicSurface.ReadAsync(typeof(EnergyLoadAuth).Assembly);
        Assert.Equal(listed, found);
    }
}
