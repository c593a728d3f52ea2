using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Collects the faults and the warnings of one message, up to the limit.</summary>
internal sealed class Faults
{
    public List<ProblemError> Errors { get; } = [];

    public List<ProblemError> Warnings { get; } = [];

    public void Refuse(string pointer, ReasonCode code, string detail) => Add(Errors, pointer, code, detail);

    public void Warn(string pointer, ReasonCode code, string detail) => Add(Warnings, pointer, code, detail);

    private static void Add(List<ProblemError> list, string pointer, ReasonCode code, string detail)
    {
        if (list.Count < MessageLimits.Errors)
        {
            list.Add(new ProblemError(pointer, code.ToString(), detail));
        }
    }
}
