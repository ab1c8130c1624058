namespace MarketoLambda.Marketo.Records;

/// <summary>How an answer to a write says which record each of its elements is about.</summary>
internal enum AnswerNumbering
{
    /// <summary>By <c>seq</c>, which must be the place in the request.</summary>
    BySeq,

    /// <summary>By the order alone: leads and lists have no <c>seq</c>. Source: Adobe, rest-api/lead-database.</summary>
    ByOrder,
}
