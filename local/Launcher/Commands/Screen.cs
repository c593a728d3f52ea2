using EnergyLoad.Hosting;
using EnergyLoad.Local.Launcher.Starting;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>What people see.</summary>
internal static class Screen
{
    private const int PlainWidth = 140;
    private const int Failed = 1;

    public static IAnsiConsole Console { get; } = Open();

    /// <summary>Tells a failure in a sentence instead of a stack trace; only faults of the launcher itself keep theirs.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception exception) when (exception is StackFailedException or InvalidOperationException or FormatException or IOException
            or HttpRequestException or UnavailableException or TimeoutException)
        {
            Console.MarkupLineInterpolated($"[red]✗[/] {Sentence(exception)}");
            return Failed;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped before everything was ready.");
            return Failed;
        }
    }

    private static string Sentence(Exception exception) =>
        exception is UnavailableException { InnerException: { } cause } ? $"{exception.Message} {cause.Message}" : exception.Message;

    private static IAnsiConsole Open()
    {
        if (!System.Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        plain.Profile.Width = PlainWidth;
        return plain;
    }
}
