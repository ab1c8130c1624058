using MarketoLambda.Sync.Settings;

namespace MarketoLambda.Sources.Files;

/// <summary>What a job file says of the files of a folder or bucket, whatever they hold.</summary>
internal static class FolderSettings
{
    private const int MaxMinutes = 7 * 24 * 60;
    private const int MaxHours = 366 * 24;

    private const string AddError = "refuse";
    private const string ImportLast = "importLast";

    private static readonly Setting SettleMinutes = Setting.WholeNumber(
        "settleWithinMinutes",
        "A file that is still being changed after this time is a failure, so that it does not hold up those behind it unnoticed. Minutes.",
        1,
        MaxMinutes,
        FolderHabits.DefaultSettleMinutes);
    private static readonly Setting LateFiles = Setting.Choice(
        "lateFiles",
        "What becomes of a late or replaced file where finished files with greater names are gone, so that its rows cannot be compared "
            + "with newer ones.",
        AddError,
        AddError,
        ImportLast);
    private static readonly Setting ExpectNewEveryHours = Setting.WholeNumber(
        "expectNewEveryHours",
        "A run tells, with the notice nothing-new-for-too-long, where no new file came for longer than this. Hours; 0 expects none.",
        0,
        MaxHours,
        0);
    private static readonly Setting Move = Setting
        .Text("move", "Folder inside the folder, which is created where it is missing.", null, "done/")
        .Required();
    private static readonly Setting WhenFinished = Setting.Section(
        "whenFinished",
        "What becomes of a finished file: the next run moves it.",
        Move);

    /// <summary>Where files on disk lie.</summary>
    public static Setting Folder { get; } = Setting.Text(
        "folder", "The folder, relative to the job file; folders inside it are not read.", null, "drop").Required();

    /// <summary>Settings of files wherever they lie.</summary>
    public static IReadOnlyList<Setting> All { get; } = [SettleMinutes, LateFiles, ExpectNewEveryHours];

    /// <summary>The same and those of a folder on disk.</summary>
    public static IReadOnlyList<Setting> OnDisk { get; } = [WhenFinished];

    public static FolderHabits Read(JobSection section) => new()
    {
        SettleWithin = TimeSpan.FromMinutes(section.OptionalInteger(SettleMinutes)),
        LateFilesWin = section.OptionalChoice(LateFiles) == ImportLast,
        ExpectNewEvery = TimeSpan.FromHours(section.OptionalInteger(ExpectNewEveryHours)),
    };

    /// <summary>Path of <see cref="Folder"/>.</summary>
    public static string ReadFolder(JobSection section) => Path.Combine(section.Folder, section.RequiredText(Folder.Name));

    /// <summary>The options, with what only a folder on disk has.</summary>
    public static CommonOptions WithMove(JobSection section, CommonOptions options) =>
        options with { Files = options.Files with { MoveTo = ReadMove(section) } };

    /// <summary>Where finished files go; null where they stay.</summary>
    public static string? ReadMove(JobSection section)
    {
        if (section.OptionalSection(WhenFinished.Name) is not { } finished)
        {
            return null;
        }

        var folder = finished.RequiredText(Move.Name).TrimEnd('/', '\\');
        if (folder is "." or ".." || folder.AsSpan().ContainsAny('/', '\\'))
        {
            finished.AddError(Move.Name, "must be the name of a folder inside the folder, such as done/");
        }

        finished.AddErrorsForOtherNames();
        return folder;
    }
}
