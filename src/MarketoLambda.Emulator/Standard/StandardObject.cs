using MarketoLambda.Emulator.Identity;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator.Standard;

/// <summary>An object that every subscription has, with the interface that most objects share.</summary>
/// <remarks>Source: Adobe, rest-api/lead-database.</remarks>
/// <param name="Path">Where it is reached, without <c>.json</c>; null for one with an interface of its own.</param>
/// <param name="Schema">Its fields.</param>
internal sealed record StandardObject(string? Path, ObjectSchema Schema)
{
    /// <summary>Its name where link fields point at it.</summary>
    public string? LinkName { get; init; }

    /// <summary>The permission to read it.</summary>
    public required ApiPermissions Read { get; init; }

    /// <summary>The permission to write and to read it.</summary>
    public required ApiPermissions Write { get; init; }

    /// <summary>Native CRM sync owns it, where there is any: it can be read only.</summary>
    public bool IsCrmOwned { get; init; }

    /// <summary>Native CRM sync hides it, where there is any: no call reaches it.</summary>
    public bool IsHiddenByCrm { get; init; }

    /// <summary>Objects and fields that name its records by their key; a record that is named cannot be deleted.</summary>
    public IReadOnlyList<LinkTarget> NamedBy { get; init; } = [];
}
