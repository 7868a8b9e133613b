using System.Reflection;

namespace MirrorBackup.Check;

/// <summary>The types of .NET Framework 4.7.2 and Windows PowerShell 5.1, as metadata.</summary>
internal sealed class Framework : IDisposable
{
    // What powershell.exe has loaded from the start; anything else needs Add-Type first.
    private static readonly string[] Loaded =
        ["mscorlib", "System", "System.Core", "System.Management.Automation", "System.Xml", "System.Data", "System.Management", "System.DirectoryServices", "System.Numerics"];

    private readonly MetadataLoadContext _context;
    private readonly List<Assembly> _assemblies;

    public Framework(string folder)
    {
        _context = new(new PathAssemblyResolver(Directory.GetFiles(folder, "*.dll")), "mscorlib");
        _assemblies = Loaded.Select(n => _context.LoadFromAssemblyPath(Path.Combine(folder, n + ".dll"))).ToList();
    }

    public Type? Find(string fullName) => _assemblies.Select(a => a.GetType(fullName, false, false)).FirstOrDefault(t => t is { IsPublic: true } or { IsNestedPublic: true });

    public void Dispose() => _context.Dispose();
}
