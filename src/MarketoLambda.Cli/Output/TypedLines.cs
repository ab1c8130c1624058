namespace MarketoLambda.Cli.Output;

/// <summary>Lines that the person at the terminal types. Waiting for one ends with Ctrl-C.</summary>
/// <param name="input">The keyboard.</param>
/// <param name="stop">Ctrl-C.</param>
internal sealed class TypedLines(TextReader input, CancellationToken stop)
{
    /// <summary>Those of this terminal.</summary>
    public static TypedLines AtTerminal(CancellationToken stop) => new(Console.In, stop);

    /// <summary>The next line without outer blanks; null where the input has ended, as with Ctrl-D.</summary>
    /// <remarks>A read cannot be interrupted, so it is left behind in a thread of its own; what asks ends with the process.</remarks>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public string? Read() => Task.Run(input.ReadLine, stop).WaitAsync(stop).GetAwaiter().GetResult()?.Trim();

    /// <summary>Asks what is answered with yes or no; nothing, and the end of the input, are a no.</summary>
    /// <param name="question">A sentence.</param>
    /// <param name="tell">Shows it.</param>
    public bool Agrees(string question, Action<string> tell)
    {
        while (true)
        {
            tell($"{question} Type y for yes, n for no [n]:");
            switch (Read()?.ToLowerInvariant())
            {
                case "y" or "yes":
                    return true;
                case null or "" or "n" or "no":
                    return false;
            }
        }
    }
}
