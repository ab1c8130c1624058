using MarketoLambda.Hosting.Warm;
using MarketoLambda.Marketo.Identity;
using MarketoLambda.Sync.Outages;
using MarketoLambda.Sync.State;
using MarketoLambda.Testing;

namespace MarketoLambda.Hosting.Tests.Warm;

public sealed class WarmInstanceTests
{
    private readonly WarmInstance _memory = new();
    private readonly VirtualTime _time = new();

    [Fact]
    public void It_remembers_per_job_and_per_subscription()
    {
        Remember("one_c");

        Assert.NotNull(((IWarmStates)_memory).Find("ONE_C"));
        Assert.Null(((IWarmStates)_memory).Find("two_c"));
        Assert.NotNull(((IAccessTokenCache)_memory).Find("subscription"));
        Assert.Null(((IAccessTokenCache)_memory).Find("another"));
    }

    [Fact]
    public void Null_is_forgetting()
    {
        Remember("one_c");
        ((IWarmStates)_memory).Keep("one_c", state: null);
        ((IAccessTokenCache)_memory).Keep("subscription", token: null);

        Assert.Null(((IWarmStates)_memory).Find("one_c"));
        Assert.Null(((IAccessTokenCache)_memory).Find("subscription"));
    }

    [Fact]
    public void Other_secrets_make_it_forget_everything_and_the_same_ones_nothing()
    {
        // Given
        Assert.False(_memory.ForgetUnless("the first secrets it sees"));
        Remember("one_c");

        // When, Then
        Assert.False(_memory.ForgetUnless("the first secrets it sees"));
        Assert.NotNull(((IWarmStates)_memory).Find("one_c"));
        Assert.True(_memory.ForgetUnless("other secrets"));
        Assert.Null(((IWarmStates)_memory).Find("one_c"));
        Assert.Null(((IAccessTokenCache)_memory).Find("subscription"));
    }

    [Fact]
    public void Cleared_it_is_as_new()
    {
        ((IAccessTokenCache)_memory).Keep("subscription", new AccessToken("token", DateTimeOffset.UnixEpoch));
        ((IOutageMemory)_memory).Keep("product_c", new Outage(DateTimeOffset.UnixEpoch, AlertedAt: null, FailedRuns: 1));
        _memory.ForgetUnless("print");

        _memory.Clear();

        Assert.Null(((IAccessTokenCache)_memory).Find("subscription"));
        Assert.Null(((IOutageMemory)_memory).Find("product_c"));
        Assert.False(_memory.ForgetUnless("another"), "what knew nothing has nothing to forget");
    }

    [Fact]
    public async Task Many_may_use_it_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
        {
            for (var round = 0; round < 2000; round++)
            {
                Remember($"job-{number}");
                _ = ((IWarmStates)_memory).Find($"job-{round % 8}");
                _memory.ForgetUnless($"secrets {round / 500}");
            }
        })));

        Remember("one_c");
        Assert.NotNull(((IWarmStates)_memory).Find("one_c"));
    }

    [Fact]
    public void One_memory_belongs_to_the_process() => Assert.Same(WarmInstance.OfThisProcess, WarmInstance.OfThisProcess);

    private void Remember(string job)
    {
        ((IWarmStates)_memory).Keep(job, new WarmState(new StateRecord("guid", job), 100, _time.GetUtcNow()));
        ((IAccessTokenCache)_memory).Keep("subscription", new AccessToken("token", _time.GetUtcNow()));
    }
}
