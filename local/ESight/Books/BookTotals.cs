namespace EnergyLoad.Local.ESight.Books;

internal sealed record BookTotals(long Messages, long Readings, long MessageIds);
