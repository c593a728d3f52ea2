using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class ServerAccountTests
{
    [Theory]
    [InlineData("mysql://me:p%40ss@db.example:3307")]
    [InlineData("Server=db.example;Port=3307;User ID=me;Password=p@ss")]
    [InlineData("host=db.example;port=3307;uid=me;pwd=p@ss;SslMode=None")]
    public void Both_ways_of_writing_an_address_mean_the_same(string text) =>
        Assert.Equal(new ServerAccount("db.example", 3307, "me", "p@ss"), ServerAccount.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("db.example:3307")]
    [InlineData("http://me:pass@db.example")]
    [InlineData("mysql://db.example")]
    [InlineData("Server=db.example")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => ServerAccount.Parse(text));
}
