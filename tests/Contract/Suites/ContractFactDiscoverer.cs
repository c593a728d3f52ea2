using Xunit.Abstractions;
using Xunit.Sdk;

namespace EnergyLoad.Contract.Tests.Suites;

/// <summary>Makes one test case per fact and endpoint.</summary>
public sealed class ContractFactDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var (display, options) = (discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault());
        return [new ContractTestCase(diagnostics, display, options, testMethod)];
    }
}
