using MarketoLambda.Sync.State.Tables;

namespace MarketoLambda.Sync.State.Sent;

/// <summary>The standalone custom object with one record for each custom activity that was sent, so that none is sent twice.</summary>
public static class SentFields
{
    public const string ObjectApiName = "customObjectSyncSent_c";

    /// <summary>Value of <see cref="Stage"/> before the answer.</summary>
    public const string Sending = "sending";

    /// <summary>Value of <see cref="Stage"/> once Marketo has acknowledged the activity.</summary>
    public const string Sent = "sent";

    public static TableField Key { get; } =
        new("sentKey", "Sent Key", "string", "API name of the job, # and a fingerprint of the activity's key");

    public static TableField Stage { get; } =
        new("stage", "Stage", "string", "sending (Marketo was asked to add the activity, and no answer is known) or sent (it has it)");

    public static TableField Token { get; } = new("token", "Token", "string", "Run that sent it");
    public static TableField SentAt { get; } = new("sentAt", "Sent At", "datetime", "When it was sent");

    /// <summary>The object as <c>init</c> creates it.</summary>
    public static StateTable Definition { get; } =
        new(
            ObjectApiName,
            "Custom Object Sync Sent",
            "Custom Object Sync Sent Records",
            "Custom activities that a scheduled import has sent, so that none is sent twice. Kept by MarketoLambda. Do not delete.",
            [Key, Stage, Token, SentAt])
        {
            Required = [Stage, Token],
        };
}
