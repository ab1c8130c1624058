using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using MarketoLambda.Sync.Sources;

namespace MarketoLambda.Sources.S3;

/// <summary>What a person is told when S3 refuses or cannot be reached: what it was, and what to do.</summary>
/// <remarks>
/// S3's own messages name accounts and users, so of these only the code is told. Source: Amazon S3 API reference, "Error responses".
/// </remarks>
/// <param name="place">Where.</param>
/// <param name="deed">What was tried.</param>
/// <param name="bucketSetting">The setting that names the bucket.</param>
/// <param name="regionSetting">The setting that names its region.</param>
internal sealed class BucketErrors(BucketPlace place, BucketDeed deed, string bucketSetting, string regionSetting)
{
    /// <summary>Whether it is the object that is missing, and not the bucket.</summary>
    public static bool IsGone(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.NotFound && failure.ErrorCode != "NoSuchBucket";

    /// <param name="key">The object; null for the bucket.</param>
    /// <param name="failure">What happened.</param>
    public SourceException Explain(string? key, Exception failure) => new(Sentence(key, failure), failure);

    public string Sentence(string? key, Exception failure) =>
        failure switch
        {
            AmazonServiceException answer when Kms(answer) =>
                $"{key ?? $"{place}"} is encrypted with a KMS key that may not be used here ({answer.ErrorCode}); allow {KmsAction} on the "
                    + "key, and make sure that it is enabled",
            AmazonServiceException answer => Answered(key, answer),
            AmazonClientException { Message: var message } when message.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
                "There are no AWS credentials: give the function a role, or at a desk set AWS_PROFILE, or AWS_ACCESS_KEY_ID and "
                    + "AWS_SECRET_ACCESS_KEY",
            AmazonClientException { Message: var message } when message.Contains("region", StringComparison.OrdinalIgnoreCase) =>
                $"The region of the bucket {place.Bucket} is not known; set {regionSetting}",
            OperationCanceledException => $"S3 did not answer in time, {BucketCalls.Attempts} times; {UnreachableAdvice}",
            _ => $"S3 cannot be reached, or broke off its answer ({failure.GetType().Name}); {UnreachableAdvice}",
        };

    private const string UnreachableAdvice =
        "what was read before stands, and the next run goes on. A function in a VPC needs a gateway endpoint for S3 or a NAT";

    private string KmsAction => deed == BucketDeed.Read ? "kms:Decrypt" : "kms:GenerateDataKey";

    private string Answered(string? key, AmazonServiceException answer) =>
        answer switch
        {
            { ErrorCode: "NoSuchBucket" } => $"There is no bucket {place.Bucket}; create it, or correct {bucketSetting}",
            { ErrorCode: "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" }
            or { StatusCode: HttpStatusCode.MovedPermanently } =>
                $"The bucket {place.Bucket} is in another region; set {regionSetting} to the bucket's",
            { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" or "ExpiredTokenException" } =>
                $"AWS does not accept the credentials ({answer.ErrorCode}); renew them",
            { ErrorCode: "RequestTimeTooSkewed" } => "AWS does not accept the time of this machine; set its clock",
            { ErrorCode: "InvalidObjectState" } =>
                $"{key} lies in an archive of S3, and the files after it wait; restore it there, or move it to another prefix",
            { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } => Forbidden(key, answer),
            { StatusCode: >= HttpStatusCode.InternalServerError } =>
                $"S3 is in trouble (HTTP {(int)answer.StatusCode} {answer.ErrorCode}, again and again); {UnreachableAdvice}",
            _ =>
                $"S3 refuses {key ?? $"{place}"} (HTTP {(int)answer.StatusCode} {answer.ErrorCode}); look the code up under \"Error "
                    + "responses\" in the Amazon S3 API reference",
        };

    private string Forbidden(string? key, AmazonServiceException answer) =>
        (deed, key) switch
        {
            (BucketDeed.Read, null) => $"{place} may not be listed ({answer.ErrorCode}); allow s3:ListBucket on the bucket {place.Bucket}"
                + (place.Prefix.Length == 0 ? "" : $" for the prefix {place.Prefix}"),
            (BucketDeed.Read, _) =>
                $"{key} may not be read ({answer.ErrorCode}), and the files after it wait; allow s3:GetObject on {place}*, and kms:Decrypt "
                    + "on the key if the bucket is encrypted with one. S3 may say the same of an object that was removed meanwhile",
            _ =>
                $"{place} may not be written to ({answer.ErrorCode}); allow s3:PutObject on {place}*, and kms:GenerateDataKey on the key "
                    + "if the bucket is encrypted with one",
        };

    // Denied by the key's policy is AccessDenied too; only the message tells, and names the action.
    private static bool Kms(AmazonServiceException answer) =>
        answer.ErrorCode?.StartsWith("KMS.", StringComparison.Ordinal) == true
        || (answer.StatusCode == HttpStatusCode.Forbidden && answer.Message.Contains("kms:", StringComparison.Ordinal));
}

/// <summary>What a bucket is used for.</summary>
internal enum BucketDeed
{
    /// <summary>Files are read from it.</summary>
    Read,

    /// <summary>Rejects are written to it.</summary>
    Write,
}
