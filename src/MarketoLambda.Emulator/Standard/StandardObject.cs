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

    /// <summary>Native CRM sync owns it, where there is any.</summary>
    public bool IsCrmOwned { get; init; }
}
