namespace MarketoLambda.Sources.Tests.Support;

/// <summary>Tests of what holds for files wherever they lie.</summary>
public abstract class DropTests<TDrop> : IDisposable
    where TDrop : Drop, new()
{
    protected TDrop Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
