using System.CommandLine;
using System.CommandLine.Parsing;
using MarketoLambda.Cli.Output;
using MarketoLambda.Sync.Wording;

namespace MarketoLambda.Cli.Commands;

/// <summary>Options and commands that do not exist, each with the one that may have been meant.</summary>
internal static class UnknownWords
{
    /// <summary>A sentence for each; none where all words are known.</summary>
    public static IReadOnlyList<string> Find(ParseResult parsed)
    {
        var options = OptionsOf(parsed.CommandResult).ToList();
        List<string> sentences = [];
        Token? before = null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
            {
                break;
            }

            if (token.Type == TokenType.Argument && LooksLikeAnOption(token.Value) && !TakesValue(before, options))
            {
                var name = token.Value.Split('=', ':')[0];
                var known = options.Where(option => !option.Hidden).Select(option => option.Name);
                sentences.Add($"{Command(parsed)} has no option {name}{NearName.Hint(name, known, mark: "")}.");
            }

            before = token;
        }

        var commands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        if (sentences.Count == 0 && commands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            sentences.Add($"There is no command {CommandPath.From(parsed.CommandResult)}{word}{NearName.Hint(word, commands, mark: "")}.");
        }

        return sentences;
    }

    private static bool LooksLikeAnOption(string word) => word is ['-', var second, ..] && !char.IsAsciiDigit(second);

    private static string Command(ParseResult parsed) =>
        CommandPath.From(parsed.CommandResult).TrimEnd() is { Length: > 0 } path ? path : StartedAs.Name;

    private static IEnumerable<Option> OptionsOf(CommandResult result) =>
        result.Command.Options.Concat(
            result.Parent is CommandResult parent ? OptionsOf(parent).Where(option => option.Recursive) : []);

    private static bool TakesValue(Token? before, IReadOnlyList<Option> options) =>
        before is { Type: TokenType.Option }
        && options.FirstOrDefault(option => option.Name == before.Value || option.Aliases.Contains(before.Value))
            is { Arity.MinimumNumberOfValues: > 0 };
}
