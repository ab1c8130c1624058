#if LAMBDA_NATIVE
using Amazon.Lambda.Annotations;

[assembly: LambdaGlobalProperties(GenerateMain = true, Runtime = "provided.al2023")]
#endif
