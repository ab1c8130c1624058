namespace MarketoLambda.Sources.Files;

/// <content>Which files come late, and are compared before they are read.</content>
internal sealed partial class FolderReader
{
    private bool IsToBeCompared(FileEntry file) => checkpoint.IsLate(file.Name) && file.Bytes > 0 && request.KeyOf is not null;

    // Below the mark it may still hold what was never imported; a file that comes again was, and its old rows are passed over.
    private bool IsNewAndLate(Admission.Granted granted) =>
        options.Cursor is not null && !granted.IsReplacement && IsToBeCompared(granted.File);

    private async ValueTask<T> CompareAsync<T>(IFileRows rows, Func<LateFiles, ValueTask<T>> compareAsync)
    {
        try
        {
            return await compareAsync(lateFiles);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }
}
