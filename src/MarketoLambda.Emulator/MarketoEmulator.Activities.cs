using MarketoLambda.Emulator.Activities;

namespace MarketoLambda.Emulator;

/// <content>Custom activities that a test looks at, and their types, without a call.</content>
public sealed partial class MarketoEmulator
{
    /// <summary>Custom activities in the order they were added.</summary>
    public IReadOnlyList<CustomActivity> Activities
    {
        get
        {
            lock (_subscription.Gate)
            {
                return [.. _subscription.Activities.Activities];
            }
        }
    }

    /// <summary>A type of custom activity, approved.</summary>
    /// <param name="primaryAttribute">API name of what <c>primaryAttributeValue</c> fills.</param>
    /// <param name="attributes">API names of the other attributes.</param>
    /// <exception cref="InvalidOperationException">There is such a type, or too much of something.</exception>
    public void DefineActivityType(int id, string apiName, string primaryAttribute, params IReadOnlyList<string> attributes)
    {
        lock (_subscription.Gate)
        {
            _subscription.Activities.Define(new ActivityType(id, apiName, primaryAttribute, attributes) { CreatedAt = _time.GetUtcNow() });
        }
    }
}
