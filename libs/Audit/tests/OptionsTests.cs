using EnergyLoad.Audit.Tests.Support;
using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Audit:HmacKey", "", "Audit:HmacKey")]
    [InlineData("Audit:HmacKey", "c2hvcnQ=", "Audit:HmacKey")]
    [InlineData("Audit:HmacKey", "this is no base64, and it is a secret all the same", "Audit:HmacKey")]
    [InlineData("Audit:HmacKeyId", "", "Audit:HmacKey")]
    [InlineData("Audit:HmacKeyId", "no spaces", "Audit:HmacKey")]
    [InlineData("Audit:PreviousKeys:0", "c2hvcnQ=", "Audit:PreviousKeys:0")]
    [InlineData("Audit:PreviousKeys:1", "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=", "Audit:HmacKeyId")]
    [InlineData("Audit:RefusalsPerAddress", "0", "Audit:RefusalsPerAddress")]
    [InlineData("Audit:RefusalsPerName", "-1", "Audit:RefusalsPerName")]
    [InlineData("Audit:AnchorInterval", "00:00:00", "Audit:AnchorInterval")]
    public async Task A_service_does_not_start_with_a_wrong_setting_and_says_which_without_its_value(string key, string value, string named)
    {
        var nowhere = new MySqlOptions { Host = "127.0.0.1", Database = "none", User = "none", TlsMode = "None" };
        await using var host = AuditHost.Create(nowhere, new() { [key] = value });
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value.Length > 5 ? value : "a secret", refused.Message, StringComparison.Ordinal);
    }
}
