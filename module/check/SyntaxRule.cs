using System.Management.Automation.Language;

namespace MirrorBackup.Check;

/// <summary>What the parser of PowerShell 7 accepts and the one of 5.1 does not.</summary>
internal static class SyntaxRule
{
    private static readonly HashSet<TokenKind> NewTokens =
    [
        TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot, TokenKind.QuestionLBracket, TokenKind.AndAnd, TokenKind.OrOr,
    ];

    public static IEnumerable<Finding> Check(Script script) =>
        script.Errors.Select(e => Finding.At(script, e.Extent, e.Message))
            .Concat(script.Tokens.Where(t => NewTokens.Contains(t.Kind)).Select(t => Finding.At(script, t.Extent, $"the operator {t.Text} is not in 5.1")))
            .Concat(script.All<TernaryExpressionAst>().Select(a => Finding.At(script, a.Extent, "the operator ? : is not in 5.1")))
            .Concat(script.All<NamedBlockAst>().Where(b => b.BlockKind == TokenKind.Clean).Select(a => Finding.At(script, a.Extent, "the clean block is not in 5.1")))
            .Concat(script.All<PipelineBaseAst>().Where(IsBackground).Select(a => Finding.At(script, a.Extent, "a background job with & is not in 5.1")))
            .Concat(script.Tokens.OfType<NumberToken>().Where(n => HasNewSuffix(n.Text)).Select(t => Finding.At(script, t.Extent, $"the number {t.Text} is not in 5.1")))
            .Concat(script.Tokens.OfType<StringExpandableToken>().Where(HasNewEscape).Select(t => Finding.At(script, t.Extent, "the escapes `e and `u{} are not in 5.1")));

    private static bool IsBackground(PipelineBaseAst pipeline) => pipeline switch
    {
        PipelineAst p => p.Background,
        PipelineChainAst c => c.Background,
        _ => false,
    };

    // 5.1 knows l and d, and kb to pb; 7 added y, s, n, u and binary literals.
    private static bool HasNewSuffix(string number)
    {
        var text = number.ToLowerInvariant();
        return text.StartsWith("0b", StringComparison.Ordinal) || (!text.StartsWith("0x", StringComparison.Ordinal) && text.AsSpan().ContainsAny("ysnu"));
    }

    private static bool HasNewEscape(StringExpandableToken token)
    {
        var text = token.Text;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] != '`')
            {
                continue;
            }

            if (text[i + 1] == 'e' || (text[i + 1] == 'u' && i + 2 < text.Length && text[i + 2] == '{'))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}
