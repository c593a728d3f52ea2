namespace EnergyLoad.SendApi.Import;

/// <summary>What is to be done next about an object; the numbers stand in the database.</summary>
internal enum ImportWork
{
    /// <summary>Its content is to be read and accepted.</summary>
    Take = 0,

    /// <summary>Its message is on its way to e-Sight.</summary>
    Wait = 1,

    /// <summary>It is to be moved out of the source bucket.</summary>
    Move = 2,

    /// <summary>Nothing.</summary>
    None = 3,
}
