using MarketoLambda.Emulator.Schema;

namespace MarketoLambda.Emulator;

/// <content>Static lists that a test sets up and looks at without a call.</content>
public sealed partial class MarketoEmulator
{
    /// <summary>An empty static list.</summary>
    /// <exception cref="InvalidOperationException">There is one with this id.</exception>
    public void AddList(int id, string name)
    {
        lock (_subscription.Gate)
        {
            _subscription.Lists.Add(id, name, _time.GetUtcNow());
        }
    }

    /// <summary>Ids of the leads of a list, in the order they were added.</summary>
    /// <exception cref="InvalidOperationException">There is no such list.</exception>
    public IReadOnlyList<long> ListMembers(int id)
    {
        lock (_subscription.Gate)
        {
            var list = _subscription.Lists.All.FirstOrDefault(candidate => candidate.Id == id);
            return [.. (list ?? throw new InvalidOperationException($"There is no list {id}")).Members.Select(IdField.NumberOf)];
        }
    }
}
