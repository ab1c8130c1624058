namespace MarketoLambda.Cli.Hosting;

/// <summary>What the person asked for cannot be done as asked; the message says what to do.</summary>
internal sealed class WrongInputException(string message) : Exception(message);
