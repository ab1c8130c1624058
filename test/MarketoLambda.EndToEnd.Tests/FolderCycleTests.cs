using MarketoLambda.Testing;
using Mono.Cecil;

namespace MarketoLambda.EndToEnd.Tests;

/// <summary>The folders of a project can be read one after the other, each resting on those before it.</summary>
public sealed class FolderCycleTests
{
    private const string Root = "MarketoLambda.Example";

    // The Lambda host is built elsewhere: its own tests say the same of it.
    [Theory]
    [InlineData("Cli", "marketo-lambda")]
    [InlineData("Emulator", "MarketoLambda.Emulator")]
    [InlineData("Hosting", "MarketoLambda.Hosting")]
    [InlineData("Marketo", "MarketoLambda.Marketo")]
    [InlineData("Sources", "MarketoLambda.Sources")]
    [InlineData("Sync", "MarketoLambda.Sync")]
    public void Folders_of_a_project_form_no_cycle(string project, string assembly)
    {
        var graph = FolderGraph.Read(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), $"MarketoLambda.{project}");

        Assert.True(graph.Folders.Count > 4);
        Assert.True(graph.Arrows > 4);
        Assert.True(graph.FindCycle() is [], string.Join(Environment.NewLine, graph.FindCycle()));
    }

    [Fact]
    public void A_cycle_is_found_with_a_use_of_each_arrow()
    {
        // Given
        using var module = ModuleDefinition.CreateModule("Example", ModuleKind.Dll);
        var top = AddType(module, Root, "Top");
        var low = AddType(module, $"{Root}.Low", "Store");
        var high = AddType(module, $"{Root}.High", "Shop");
        AddField(top, high);
        AddField(high, low);
        AddField(low, new ArrayType(high));

        // When
        var cycle = FolderGraph.Read(module, Root).FindCycle();

        // Then
        Assert.Equal(["High -> Low: Shop uses Store", "Low -> High: Store uses Shop"], cycle);
    }

    private static TypeDefinition AddType(ModuleDefinition module, string folder, string name)
    {
        TypeDefinition type = new(folder, name, TypeAttributes.Class);
        module.Types.Add(type);
        return type;
    }

    private static void AddField(TypeDefinition type, TypeReference used) =>
        type.Fields.Add(new FieldDefinition("_used", FieldAttributes.Private, used));
}
