using MarketoLambda.Emulator;
using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Cli.Demo;

/// <summary>The custom object of the demo and of <c>emulate</c>: products implemented at customers.</summary>
internal static class DemoObject
{
    public const string ApiName = "implementedProductV1_c";

    public static void DefineIn(MarketoEmulator emulator) => emulator.DefineObject(
        ApiName,
        "Implemented Product",
        FieldDefinition.Key("serialNumber"),
        new FieldDefinition("productName", "string"),
        new FieldDefinition("accountName", "string"),
        new FieldDefinition("quantity", "integer"),
        new FieldDefinition("listPrice", "currency"),
        new FieldDefinition("isActive", "boolean"),
        new FieldDefinition("implementedOn", "date"),
        new FieldDefinition("modifiedAt", "datetime"),
        new FieldDefinition("notes", "text"));
}
