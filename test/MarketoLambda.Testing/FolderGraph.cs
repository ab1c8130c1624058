using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MarketoLambda.Testing;

/// <summary>Which folders of a project use which others, read from its compiled code; a folder is a namespace.</summary>
/// <remarks>
/// Compiled code names every type that source uses, but for constants and <c>nameof</c>. What compilers and generators make counts for
/// the type that it is nested in; what they put into namespaces of their own is left out.
/// </remarks>
public sealed class FolderGraph
{
    private readonly string _root;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<(string From, string To), string> _arrows = [];

    private FolderGraph(string root) => _root = root;

    /// <summary>Every folder that has a type.</summary>
    public IReadOnlyCollection<string> Folders => _folders;

    /// <summary>Arrows from one folder to another.</summary>
    public int Arrows => _arrows.Count;

    /// <param name="path">The assembly.</param>
    /// <param name="root">Namespace of the project; others are left out.</param>
    public static FolderGraph Read(string path, string root)
    {
        using var module = ModuleDefinition.ReadModule(path);
        return Read(module, root);
    }

    /// <inheritdoc cref="Read(string, string)"/>
    public static FolderGraph Read(ModuleDefinition module, string root)
    {
        FolderGraph graph = new(root);
        foreach (var user in module.GetTypes())
        {
            graph.Add(user);
        }

        return graph;
    }

    /// <summary>The arrows of a shortest cycle, each with one use that makes it; none where there is no cycle.</summary>
    public IReadOnlyList<string> FindCycle() =>
        _folders.Order(StringComparer.Ordinal).Select(PathBackTo).Where(path => path.Count > 0).MinBy(path => path.Count) ?? [];

    private List<string> PathBackTo(string start)
    {
        Dictionary<string, string> cameFrom = [];
        Queue<string> next = new([start]);
        while (next.TryDequeue(out var folder))
        {
            foreach (var used in _arrows.Keys.Where(arrow => arrow.From == folder).Select(arrow => arrow.To).Order(StringComparer.Ordinal))
            {
                if (!cameFrom.TryAdd(used, folder))
                {
                    continue;
                }

                if (used == start)
                {
                    return Path(start, cameFrom);
                }

                next.Enqueue(used);
            }
        }

        return [];
    }

    private List<string> Path(string start, Dictionary<string, string> cameFrom)
    {
        List<string> path = [];
        var folder = start;
        do
        {
            var from = cameFrom[folder];
            path.Insert(0, $"{Short(from)} -> {Short(folder)}: {_arrows[(from, folder)]}");
            folder = from;
        }
        while (folder != start);
        return path;
    }

    private void Add(TypeDefinition user)
    {
        if (FolderOf(user) is not { } from)
        {
            return;
        }

        _folders.Add(from);
        foreach (var used in Uses(user).SelectMany(Parts).Distinct())
        {
            if (FolderOf(used) is { } to && to != from)
            {
                _arrows.TryAdd((from, to), $"{Outermost(user).Name} uses {Outermost(used).Name}");
            }
        }
    }

    /// <summary>Null for a type of another project, or of a namespace that generators made.</summary>
    private string? FolderOf(TypeDefinition type)
    {
        var folder = Outermost(type).Namespace;
        return folder == _root || folder.StartsWith(_root + ".", StringComparison.Ordinal) ? folder : null;
    }

    private string Short(string folder) => folder == _root ? "(root)" : folder[(_root.Length + 1)..];

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference?> Uses(TypeDefinition type) =>
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.GenericParameters.SelectMany(Constraints),
            .. Attributes(type),
            .. type.Fields.SelectMany(Attributes),
            .. type.Properties.SelectMany(Attributes),
            .. type.Methods.SelectMany(Uses),
        ];

    private static IEnumerable<TypeReference?> Uses(MethodDefinition method) =>
        [
            .. Signature(method),
            .. method.GenericParameters.SelectMany(Constraints),
            .. Attributes(method),
            .. method.HasBody ? Uses(method.Body) : [],
        ];

    private static IEnumerable<TypeReference?> Uses(MethodBody body) =>
        [
            .. body.Variables.Select(variable => variable.VariableType),
            .. body.ExceptionHandlers.Select(handler => handler.CatchType),
            .. body.Instructions.SelectMany(Uses),
        ];

    private static IEnumerable<TypeReference?> Uses(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, .. Signature(method), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference?> Constraints(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute =>
            attribute.ConstructorArguments
                .Select(argument => argument.Value as TypeReference)
                .Append(attribute.AttributeType));

    /// <summary>
    /// The types of this module that a type is made of: of an array its elements, of a generic one itself and its arguments.
    /// </summary>
    private static IEnumerable<TypeDefinition> Parts(TypeReference? type) => type switch
    {
        TypeDefinition definition => [definition],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [],
    };
}
