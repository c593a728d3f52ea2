namespace EnergyLoad.SendApi.ESight;

/// <summary>The codes that e-Sight knows.</summary>
/// <param name="Sites">Site codes, such as <c>LU_VPC</c>.</param>
/// <param name="Meters">Meter codes, such as <c>LU_VPC_Elec_4</c>.</param>
/// <param name="ReadAt">When the lists were read.</param>
internal sealed record ESightCodes(IReadOnlySet<string> Sites, IReadOnlySet<string> Meters, DateTimeOffset ReadAt);
