using MarketoLambda.Sync.Guesses;

namespace MarketoLambda.Sync.Tests.Guesses;

/// <summary>A job is added to a job file, and not a character of what was there is lost.</summary>
public sealed class JobFileEditTests
{
    private const string Member = "    \"b\": {}";

    [Theory]
    [InlineData("{ \"jobs\": { \"a\": {} } }", "{ \"jobs\": { \"a\": {},\n    \"b\": {}\n  } }")]
    [InlineData("{ \"jobs\": { \"a\": {}, } }", "{ \"jobs\": { \"a\": {},\n    \"b\": {}\n  } }")]
    [InlineData("{ \"jobs\": { \"a\": {} // mine, and last\n } }", "{ \"jobs\": { \"a\": {}, // mine, and last\n    \"b\": {}\n  } }")]
    [InlineData("{ \"jobs\": { \"a\": {} /* , */ }, \"x\": 1 }", "{ \"jobs\": { \"a\": {}, /* , */\n    \"b\": {}\n  }, \"x\": 1 }")]
    public void A_job_is_added_behind_the_last_one(string before, string after) => Assert.Equal(after, JobFileEdit.Add(before, Member));

    [Theory]
    [InlineData("{ \"jobs\": {} }")]
    [InlineData("{ \"jobs\": [] }")]
    [InlineData("[]")]
    [InlineData("{ \"jobs\": {")]
    public void What_is_no_file_of_jobs_is_left_alone(string before) => Assert.Null(JobFileEdit.Add(before, Member));

    [Fact]
    public void Line_ends_stay_those_of_the_file() =>
        Assert.Equal(
            "{ \"jobs\": {\r\n    \"a\": {},\r\n    \"b\": {}\r\n  }\r\n}",
            JobFileEdit.Add("{ \"jobs\": {\r\n    \"a\": {}\r\n  }\r\n}", Member));
}
