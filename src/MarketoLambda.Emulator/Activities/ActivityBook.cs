namespace MarketoLambda.Emulator.Activities;

/// <summary>The types of custom activities, and the activities. Guarded by the subscription's gate.</summary>
internal sealed class ActivityBook
{
    private readonly List<ActivityType> _types = [];
    private readonly List<CustomActivity> _activities = [];

    public IReadOnlyList<ActivityType> Types => _types;

    public IReadOnlyList<CustomActivity> Activities => _activities;

    public void Define(ActivityType type)
    {
        if (_types.Exists(other => other.Id == type.Id || other.ApiName == type.ApiName))
        {
            throw new InvalidOperationException($"There is a type {type.Id} or {type.ApiName} already");
        }

        if (_types.Count >= ActivityType.MaxTypes || type.Attributes.Count > ActivityType.MaxAttributes)
        {
            throw new InvalidOperationException(
                $"There are {ActivityType.MaxTypes} types at most, with {ActivityType.MaxAttributes} attributes at most");
        }

        _types.Add(type);
    }

    /// <summary>Adds the activity, whether or not there is one like it.</summary>
    /// <param name="activity">Its id is given here.</param>
    public CustomActivity Add(CustomActivity activity)
    {
        var added = activity with { Id = _activities.Count + 1 };
        _activities.Add(added);
        return added;
    }
}
