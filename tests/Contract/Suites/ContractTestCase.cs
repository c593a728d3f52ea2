using System.ComponentModel;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EnergyLoad.Contract.Tests.Suites;

/// <summary>A test case that is skipped, with its reason, when the endpoint is not here or does not do what the fact is about.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For the deserialiser.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute)
    {
        var suite = TestMethod.TestClass.Class.ToRuntimeType();
        return suite.GetCustomAttribute<NeedsAttribute>()?.Missing
            ?? suite.GetCustomAttributes<LeavesOutAttribute>().FirstOrDefault(left => left.Fact == TestMethod.Method.Name)?.Reason
            ?? base.GetSkipReason(factAttribute);
    }
}
