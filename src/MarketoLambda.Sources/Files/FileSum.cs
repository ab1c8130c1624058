namespace MarketoLambda.Sources.Files;

/// <summary>How many files, and the sum of their listings in any order: two that are equal are of the same files.</summary>
internal readonly record struct FileSum(long Count, UInt128 Sum)
{
    public FileSum With(FinishedFile file) => new(Count + 1, unchecked(Sum + file.ListingTerm));
}
