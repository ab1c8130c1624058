using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sync.Targets.CustomObjects;

/// <summary>Targets of type <c>customObject</c>.</summary>
internal sealed class CustomObjectTargetType : ITargetType
{
    private static readonly Setting ObjectName =
        Setting.Text("name", "API name of the custom object. Default: the job's name.", null, "implementedProductV1_c");

    public string Name => "customObject";

    public string Description => "Records of a custom object.";

    public IReadOnlyList<Setting> Settings { get; } = [ObjectName, .. WriteMode.Settings(skipsUnchanged: false)];

    public ITarget Read(JobSection section, string job) =>
        new CustomObjectTarget(section.OptionalText(ObjectName.Name) ?? job) { Mode = WriteMode.Read(section, skipsUnchanged: false) };
}
