using System.Management.Automation.Language;

namespace MirrorBackup.Check;

/// <summary>One parsed file.</summary>
internal sealed record Script(string Name, byte[] Bytes, ScriptBlockAst Tree, Token[] Tokens, ParseError[] Errors)
{
    public static Script Read(string path)
    {
        var tree = Parser.ParseFile(Path.GetFullPath(path), out var tokens, out var errors);
        return new(path, File.ReadAllBytes(path), tree, tokens, errors);
    }

    public IEnumerable<T> All<T>()
        where T : Ast => Tree.FindAll(a => a is T, searchNestedScriptBlocks: true).Cast<T>();
}
